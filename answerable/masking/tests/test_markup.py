import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.masking import mask_html

SHOWN = "•••• •••• •••• 4242"


@pytest.mark.parametrize(
    ("markup", "masked"),
    [
        ("<p>4242424242424242</p>", f"<p>{SHOWN}</p>"),
        ("4242 <b>4242</b> 4242 4242", f"{SHOWN}<b></b>"),
        ("<i>4242</i>-<i>4242</i>-4242-4242", f"<i>{SHOWN}</i><i></i>"),
        ("4242&nbsp;4242&#32;4242&#x20;4242", SHOWN),
        ("&#52;242424242424242", SHOWN),
        ('<a title="4242 4242 4242 4242">x</a>', f'<a title="{SHOWN}">x</a>'),
        ("<input value=4242424242424242>", f'<input value="{SHOWN}">'),
        ("<p>4242 4242<br>4242 4242</p>", f"<p>{SHOWN}<br></p>"),
        ("<!-- 4242424242424242 -->", f"<!-- {SHOWN} -->"),
        ("<script>pay('4242424242424242')</script>", f"<script>pay('{SHOWN}')</script>"),
        ('<a href="tel 4242 4242 4242 4242', f'<a href="tel {SHOWN}'),
    ],
)
def test_a_card_number_is_masked_in_markup(markup, masked):
    assert mask_html(markup).text == masked


@pytest.mark.parametrize(
    "markup",
    [
        "<td>4242</td><td>4242</td><td>4242</td><td>4242</td>",
        "<p>4242</p><p>4242</p><p>4242</p><p>4242</p>",
        '<div style="padding:8px 8px 8px 20px">a &amp; b</div>',
        '<a href="/knowledge/articles/4402126792468/en-us">Edit</a>',
        '<a href="https://shop.example/o/4111111111111111">x</a>',
        "1 < 2 <3 <!doctype html> <b",
    ],
)
def test_markup_without_a_card_keeps_every_character(markup):
    assert mask_html(markup).text == markup


@given(st.text(alphabet="<>&;#!-/\"'=ab 42", max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_markup_makes_it_fail(markup):
    assert mask_html(markup).text == markup or mask_html(markup).found


HOSTILE = {
    "open tags": "<a" * 200_000 + '">',
    "open comments": "<!--x>" * 100_000,
    "hearts": "<3" * 200_000,
    "one digit a tag": "<b>4</b>" * 60_000,
    "digits": "4 " * 50_000,
    "entities": "&#52;" * 100_000,
    "cards": "<p>4242424242424242" * 5_000,
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_markup_costs_time_in_proportion(markup):
    began = time.process_time()

    mask_html(markup)

    assert time.process_time() - began < 3
