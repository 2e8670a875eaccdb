import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.masking import mask, mask_filename
from answerable.masking.brands import has_check_digit

VISA = "4242424242424242"
SHOWN = "•••• •••• •••• 4242"

CARDS = {
    "plain": VISA,
    "in fours": "4242 4242 4242 4242",
    "with dashes": "4242-4242-4242-4242",
    "with dots": "4242.4242.4242.4242",
    "with no-break spaces": "4242\u00a04242\u00a04242\u00a04242",
    "with narrow spaces": "4242\u202f4242\u202f4242\u202f4242",
    "with en dashes": "4242–4242–4242–4242",
    "with zero-width spaces": "4242\u200b4242\u200b4242\u200b4242",
    "zero-width between all": "\u200b".join(VISA),
    "two spaces": "4242  4242  4242  4242",
    "wrapped": "4242 4242\r\n4242 4242",
    "wrapped in a quote": "4242 4242\n> 4242 4242",
    "full width": "４２４２ ４２４２ ４２４２ ４２４２",
    "arabic": "٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢",
    "devanagari": "४२४२४२४२४२४२४२४२",
    "circled": "④②④②④②④②④②④②④②④②",
    "digit by digit": "4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2",
    "in eights": "42424242 42424242",
}


@pytest.mark.parametrize("written", CARDS.values(), ids=CARDS.keys())
def test_p64_a_card_number_is_masked_however_it_is_written(written):
    masked = mask(f"Please take {written} for it.")

    assert masked.text == f"Please take {SHOWN} for it."
    assert [found.last_four for found in masked.found] == ["4242"]


BRANDS = {
    "visa": "4111111111111111",
    "mastercard": "5555555555554444",
    "mastercard 2": "2223003122003222",
    "amex": "378282246310005",
    "diners": "30569309025904",
    "discover": "6011111111111117",
    "jcb": "3530111333300000",
    "unionpay": "6212345678901232",
    "maestro": "6759649826438453",
    "mir": "2200123456789019",
}


@pytest.mark.parametrize("number", [n for n in BRANDS.values() if has_check_digit(n)])
def test_cards_of_every_brand_are_masked(number):
    assert mask(f"it is {number}, thanks").found[0].last_four == number[-4:]


LOOKALIKES = {
    "order number": "Order number: 4111111111111111",
    "order with hash": "order #4111111111111111 has not come",
    "bestellnummer": "Bestellnummer 4111111111111111",
    "wrong check digit": "4242 4242 4242 4241",
    "telephone": "+4915112345678 and +49 30 901820 1234",
    "link": "https://shop.example/orders/4111111111111111?x=1",
    "link without scheme": "see /orders/4111111111111111/items",
    "uuid": "41111111-1111-4111-8111-111111111111",
    "uuid with digits": "550e8400-e29b-41d4-a716-446655440008",
    "hex": "sha a94a8fe5ccb19ba64242424242424242d3e1",
    "milliseconds": "at 1700000000000 it broke",
    "microseconds": "1700000000000000",
    "date and time": "2024-11-30 12:30:55.123456",
    "longer number": "94242424242424242429424242",
    "iban": "IBAN DE89 3704 0044 0532 0130 00",
    "barcode": "EAN 4006381333931, 4006381333931 on the box",
    "serial": "REF-4111111111111111",
    "fraction": "0.4111111111111111",
    "message id": "<4111111111111111.77@mx.example>",
    "column": "4111\n1111\n1111\n1111",
    "zeros": "0000000000000000",
    "usps": "9400 1000 0000 0000 0000 00",
}


@pytest.mark.parametrize("text", LOOKALIKES.values(), ids=LOOKALIKES.keys())
def test_a_number_that_is_no_card_is_left_alone(text):
    assert mask(text).text == text


def test_two_cards_in_a_row_are_both_masked():
    masked = mask("4242 4242 4242 4242 5555 5555 5555 4444")

    assert masked.text == f"{SHOWN} •••• •••• •••• 4444"


def test_the_security_code_and_not_the_date_goes_too():
    text = mask(f"Card {VISA} exp 03/27, CVV: 123").text

    assert text == f"Card {SHOWN} exp 03/27, CVV: •••"


@pytest.mark.parametrize(
    "text",
    [
        f"{VISA} 03/27 987",
        f"{VISA}\n03/27\n987",
        f"{VISA} security code is 987",
        f"{VISA}, Prüfnummer 987",
        "cvc 987",
    ],
)
def test_a_security_code_near_a_card_is_masked(text):
    assert "987" not in mask(text).text


@pytest.mark.parametrize("text", ["security code 1234 of the door", "room 987", "cvvx 12345"])
def test_other_short_numbers_are_left_alone(text):
    assert mask(text).text == text


def test_a_file_keeps_its_ending_and_loses_the_number():
    assert (
        mask_filename("scan_4242-4242-4242-4242.final.pdf") == "scan_xxxx-xxxx-xxxx-4242.final.pdf"
    )


@given(st.text(alphabet="0123456789 -.\n•4x:a/", max_size=120))
@settings(max_examples=300, deadline=None)
def test_masking_twice_changes_nothing_more(text):
    once = mask(text).text

    assert mask(once).text == once


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_stands_around_a_card_stays(before, after):
    text = f"{before} card: {VISA} , {after}"

    masked = mask(text)

    assert VISA not in masked.text
    kept = [text[: masked.found[0].start], text[masked.found[-1].end :]]
    assert masked.text.startswith(kept[0])
    assert masked.text.endswith(kept[1])
