"""A day at the desk of the demo, in a real browser: keys, axe, the policy and the budget."""

import re

import pytest

from tests.browser import assert_accessible, sign_in

pytestmark = pytest.mark.browser

FIRST_PAGE = 120_000
LATER_PAGES = 30_000
MOST_REQUESTS = 12
OPEN = "#conversation[data-number]"


@pytest.fixture
def go(desk, demo_server):
    """Goes to a page of the demo and waits until it is quiet."""

    def go(path: str):
        desk.goto(f"{demo_server.url}/w/demo/{path}", wait_until="load")
        desk.wait_for_timeout(400)
        return desk

    return go


@pytest.fixture
def opened(go):
    """The first open conversation, opened by keys alone."""
    page = go("lists/open")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_selector(OPEN)
    return page


def test_by_keys_alone_a_conversation_is_answered_resolved_and_undone(opened):
    answers = opened.locator(".message[data-kind=out]").count()

    opened.keyboard.press("r")
    opened.keyboard.type("A new one is on its way.")
    opened.keyboard.press("Control+Enter")
    opened.wait_for_function(
        "n => document.querySelectorAll('.message[data-kind=out]').length > n", arg=answers
    )
    opened.evaluate("document.activeElement.blur()")
    opened.keyboard.press("e")
    opened.wait_for_selector("#header[data-shelf=resolved]")
    opened.keyboard.press("z")

    opened.wait_for_selector("#header[data-shelf=open]")


def test_keys_are_quiet_while_somebody_writes_and_when_switched_off(opened):
    opened.keyboard.press("n")
    opened.keyboard.type("e e e")
    opened.evaluate("document.activeElement.blur()")
    opened.keyboard.press("?")
    opened.locator("#keys .switch").uncheck()
    opened.keyboard.press("Escape")
    opened.keyboard.press("e")
    opened.wait_for_timeout(400)

    assert opened.locator("#header[data-shelf=open]").count() == 1


def test_what_is_typed_is_there_after_a_reload(opened):
    opened.keyboard.press("r")
    opened.keyboard.type("Half a thought")
    opened.locator("#reply .composer-saved:not(:empty)").wait_for()
    opened.reload()

    assert opened.locator("#reply-text").input_value() == "Half a thought"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["lists/open", "lists/spam", "conversations/1?list=open", "conversations/new"]
)
def test_axe_finds_nothing(go, desk, path, theme):
    desk.emulate_media(color_scheme=theme)

    assert_accessible(go(path))


@pytest.mark.parametrize("width", [390, 1024])
def test_axe_finds_nothing_on_smaller_screens(go, desk, width):
    desk.set_viewport_size({"width": width, "height": 800})

    assert_accessible(go("conversations/1?list=open"))


def test_a_first_visit_and_the_next_page_are_within_their_budget(new_page, demo_server):
    page = new_page()
    sign_in(page, demo_server.url, "owner@demo.example", "demo-password")
    page = new_page(storage_state=page.context.storage_state())
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(_size_of(request)))

    page.goto(f"{demo_server.url}/w/demo/lists/open", wait_until="networkidle")
    assert sum(sizes) < FIRST_PAGE
    assert len(sizes) <= MOST_REQUESTS
    sizes.clear()
    page.click(".list-row")
    page.wait_for_selector(f"{OPEN} .identities")

    assert sum(sizes) < LATER_PAGES


def test_no_page_at_the_desk_needs_a_wider_screen_than_a_phone(go, desk):
    desk.set_viewport_size({"width": 390, "height": 800})
    page = go("conversations/1?list=open")

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert re.search(r"\S", page.locator("#subject").inner_text())


def _size_of(request) -> int:
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
