"""The watch itself is watched: a page that misbehaves is told on."""

import pytest

from tests.browser import Watch, assert_accessible

pytestmark = pytest.mark.browser

GOOD = "<!doctype html><html lang=en><title>Lamp</title><main><h1>Lamp</h1></main>"


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        (f"{GOOD}<script>console.error('broken lamp')</script>", "broken lamp"),
        (f"{GOOD}<script>throw new Error('no light')</script>", "no light"),
        (f"{GOOD}<img src='http://192.0.2.1/pixel' alt=''>", "192.0.2.1"),
    ],
)
def test_a_page_that_misbehaves_is_told_on(browser, html, complaint):
    page = browser.new_page()
    watch = Watch()
    watch.follow(page)

    page.set_content(html, wait_until="domcontentloaded")

    page.wait_for_timeout(50)
    assert any(complaint in seen for seen in watch.complaints())
    page.close()


def test_a_quiet_page_passes(page):
    page.set_content(GOOD)

    assert_accessible(page)


def test_axe_finds_a_button_without_a_name(page):
    page.set_content(f"{GOOD}<button></button>")

    with pytest.raises(AssertionError, match="button-name"):
        assert_accessible(page)
