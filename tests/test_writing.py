"""Writing at the desk of the demo, in a real browser, by keys alone."""

import pytest

from tests.browser import assert_accessible

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(desk, demo_server):
    """An open conversation."""
    desk.goto(f"{demo_server.url}/w/demo/lists/open", wait_until="load")
    desk.wait_for_timeout(400)
    desk.keyboard.press("j")
    desk.keyboard.press("o")
    desk.wait_for_selector("#conversation[data-number]")
    desk.wait_for_timeout(400)
    return desk


def test_a_reply_is_taken_back_with_one_key(opened):
    opened.keyboard.press("r")
    opened.keyboard.type("A new one is on its way.")
    opened.keyboard.press("Control+Enter")
    opened.wait_for_selector("#toasts [data-key=z]")
    opened.evaluate("document.activeElement.blur()")
    opened.keyboard.press("z")

    opened.wait_for_function(
        "text => document.querySelector('#reply-text')?.value === text",
        arg="A new one is on its way.",
    )


@pytest.mark.parametrize("place", ["merging", "splitting", "links", "blocking", "macros"])
def test_the_pages_of_acts_can_be_used_by_everybody(opened, place):
    here = opened.url.partition("?")[0]

    opened.goto(f"{here}/{place}", wait_until="load")

    assert_accessible(opened)
