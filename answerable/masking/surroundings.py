"""What stands around a number and says that it is a card, or that it is something else."""

import re
from collections.abc import Callable

NEAR = 80

CARD_WORDS = re.compile(
    r"(?:card|carte|tarjeta|carta di|cart[aã]o|karte|kaart|kort\b|kortti|karta|karty|kart\b"
    r"|credit|debit|kredit|crédit|crédito|visa|master|maestro|amex|american.express|diners"
    r"|discover|jcb|union.?pay|\bcc\b|\bpan\b|карт|カード|卡|카드|بطاقة|כרטיס|\bcvv|\bcvc)",
    re.IGNORECASE,
)
GLUED_BEFORE = re.compile(
    r"(?:\b(?:cc|pan|nr|no|num)|card|carte|karte|kaart|karta|visa|mastercard|amex|maestro"
    r"|number|nummer|numero|número|numéro)[-_]?\Z",
    re.IGNORECASE,
)
GLUED_AFTER = re.compile(r"[-_]?(?:exp|cvv|cvc|cid|valid|gültig|and\b|und\b)", re.IGNORECASE)
LABEL = re.compile(
    r"(?:order|invoice|ticket|case|tracking|shipment|parcel|reference|ref|booking|serial|imei|iccid"
    r"|isbn|ean|gtin|sku|phone|mobile|tel|telefon|fax|iban|account|transaction|article|customer"
    r"|id|bestell\w*|auftrags?\w*|rechnungs?\w*|sendungs?\w*|kunden\w*|commande|facture|pedido"
    r"|factura|ordine|fattura|zamówieni\w+|заказ\w*)"
    r"(?:[\s_-]*(?:id|no|nr|num|number|nummer|code|key|numéro|número|numero|n°|№))?"
    r"\s*(?:is|ist|est|es)?\s*[.:#=№-]*\s*[#№(\"']?\Z",
    re.IGNORECASE,
)
CARD_FIELD = re.compile(r"(?:card|cc|pan|number)[a-z_]*=\Z", re.IGNORECASE)
IN_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.|(?<![\w/])/\w|(?:tel|sms|cid):)", re.IGNORECASE
)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
IBAN_HEAD = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){0,8}[ -]?\Z")
EDGE = re.compile(r"[\s<>\"'()\[\]{}]")


class Surroundings:
    """A stretch of a text, and the questions about what is next to it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.before = text[max(0, start - 300) : start]
        self.after = text[end : end + 300]
        self.number = text[start:end]
        self.alone = not self.before.strip() and not self.after.strip()
        self.token_before = EDGE.split(self.before)[-1]
        self.token_after = EDGE.split(self.after, maxsplit=1)[0]

    @property
    def speaks_of_cards(self) -> bool:
        near = self.before[-NEAR:] + " " + self.after[:NEAR]
        return self.alone or bool(CARD_WORDS.search(near))

    def is_something_else(self, *, grouped: bool) -> bool:
        """A number that belongs to something that is no card."""
        reasons: tuple[Callable[[], bool], ...] = (
            self._has_plus,
            self._is_in_address,
            self._is_in_uuid,
            self._is_in_iban,
            self._is_a_fraction,
        )
        if any(reason() for reason in reasons):
            return True
        return not grouped and (self._is_glued() or self._is_labelled())

    def _has_plus(self) -> bool:
        return self.before.rstrip(" (").endswith("+")

    def _is_in_address(self) -> bool:
        if CARD_FIELD.search(self.token_before):
            return False
        return bool(IN_ADDRESS.search(self.token_before)) or bool(
            re.match(r"[\w.+-]*@\w", self.token_after)
        )

    def _is_in_uuid(self) -> bool:
        around = self.before[-36:] + self.number + self.after[:36]
        at = min(36, len(self.before))
        return any(
            each.start() < at + len(self.number) and at < each.end()
            for each in UUID.finditer(around)
        )

    def _is_in_iban(self) -> bool:
        head = IBAN_HEAD.search(self.before[-45:])
        if head is None:
            return False
        whole = re.match(r"[A-Z0-9 -]{15,45}", head.group() + self.number + self.after[:20])
        letters = re.sub(r"[ -]", "", whole.group() if whole else "")
        return any(_is_iban(letters[:length]) for length in range(15, min(34, len(letters)) + 1))

    def _is_a_fraction(self) -> bool:
        return bool(re.search(r"(?<![\d.,])\d{1,3}[.,]\Z", self.before))

    def _is_glued(self) -> bool:
        """Letters stick to it, as in a serial number or in hexadecimal digits."""
        before = re.search(r"[^\W\d][-_]?\Z|[\d_]\Z", self.before)
        after = re.match(r"[-_]?[^\W\d]|_", self.after)
        if before and not GLUED_BEFORE.search(self.before[-40:]):
            return True
        return bool(after) and not GLUED_AFTER.match(self.after)

    def _is_labelled(self) -> bool:
        return bool(LABEL.search(self.before[-60:])) and not CARD_WORDS.search(self.before[-NEAR:])


def _is_iban(text: str) -> bool:
    turned = text[4:] + text[:4]
    if not (turned.isascii() and turned.isalnum()):
        return False
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
