"""Which numbers the card brands give out: first digits and lengths (ISO/IEC 7812).

`sure` is False where a brand's numbers are short or its range so wide that every tenth
order number would pass; such a number is a card only where the text speaks of one.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Brand:
    """A brand's range of first digits, and how long its numbers are."""

    name: str
    first: str
    last: str
    lengths: frozenset[int]
    sure: bool = True

    @property
    def may_lack_check_digit(self) -> bool:
        """UnionPay has given out numbers that do not obey the Luhn formula."""
        return self.name == "unionpay"

    def issues(self, number: str) -> bool:
        head = number[: len(self.first)]
        return len(number) in self.lengths and self.first <= head <= self.last


def _brand(name: str, ranges: str, lengths: str, *, sure: bool = True) -> list[Brand]:
    """`ranges` as in "34 37 2221-2720", `lengths` as in "13 16-19"."""
    spans = [text.partition("-") for text in lengths.split()]
    long = {n for low, _, high in spans for n in range(int(low), int(high or low) + 1)}
    heads = [text.partition("-") for text in ranges.split()]
    return [Brand(name, low, high or low, frozenset(long), sure) for low, _, high in heads]


BRANDS = [
    *_brand("visa", "4", "16 19"),
    *_brand("visa", "4", "13 18", sure=False),
    *_brand("mastercard", "51-55 2221-2720 677189", "16"),
    *_brand("american express", "34 37", "15"),
    *_brand("discover", "6011 644-649 65", "16-19"),
    *_brand("diners club", "300-305 3095 36 38-39", "14 16-19"),
    *_brand("jcb", "3528-3589", "16-19"),
    *_brand("jcb", "1800 2131", "15"),
    *_brand("unionpay", "62 810-817", "16-19"),
    *_brand("maestro", "5018 5020 5038 5893 6304 6706 6709 6759 6761-6763 6771", "12-19"),
    *_brand("maestro", "50 56-58 63 67", "16 18 19"),
    *_brand("maestro", "50 56-58 6", "12-19", sure=False),
    *_brand("switch, solo", "4903 4905 4911 4936 564182 633110 6333 6334 6767", "16 18 19"),
    *_brand("mir", "2200-2204", "16-19"),
    *_brand("rupay", "60 81 82 508", "16"),
    *_brand("interpayment", "636", "16-19"),
    *_brand("hipercard", "606282 3841", "13 16 19"),
    *_brand("ukrcard", "60400100-60420099", "16-19"),
    *_brand("uzcard", "8600", "16"),
    *_brand("napas", "9704", "16 19"),
    *_brand("korean, troy, humo", "9", "16"),
    *_brand("uatp", "1", "15", sure=False),
]


BY_LENGTH_AND_FIRST = {
    (length, digit): [
        brand
        for brand in sorted(BRANDS, key=lambda brand: not brand.sure)
        if length in brand.lengths and brand.first[0] <= digit <= brand.last[0]
    ]
    for length in range(12, 20)
    for digit in "0123456789"
}


def brand_of(number: str) -> Brand | None:
    """Whose card number this would be; a sure answer before an unsure one."""
    candidates = BY_LENGTH_AND_FIRST.get((len(number), number[0]), [])
    return next((brand for brand in candidates if brand.issues(number)), None)


def has_check_digit(number: str) -> bool:
    """The Luhn formula, which all but a few old cards obey."""
    doubled = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(doubled[digit] for digit in digits[1::2])) % 10 == 0


def is_trade_item(number: str) -> bool:
    """The check digit of a barcode (GTIN-12, GTIN-13) fits."""
    digits = [int(digit) for digit in reversed(number)]
    return len(digits) in {12, 13} and (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0
