"""The first days in a browser: arranging the desk, starting one's own, and its health."""

import pytest

from tests.browser import assert_accessible, sign_in
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

SETTINGS = ["inboxes/", "inboxes/1/", "statuses/", "statuses/new/", "tags/", "tags/1/"]
SETTINGS += ["tags/1/merging/", "fields/", "fields/new/", "companies/", "companies/1/", "status/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_settings(new_page, demo_server, scheme):
    page = new_page(color_scheme=scheme)
    sign_in(page, demo_server.url, "owner@demo.example", "demo-password")

    for name in SETTINGS:
        page.goto(f"{demo_server.url}/w/demo/settings/{name}")
        assert_accessible(page)


def test_nothing_is_wider_than_a_phone(new_page, demo_server):
    page = new_page(viewport={"width": 390, "height": 844})
    sign_in(page, demo_server.url, "owner@demo.example", "demo-password")

    for name in SETTINGS:
        page.goto(f"{demo_server.url}/w/demo/settings/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name


def test_a_status_moves_without_a_new_page(desk, demo_server):
    desk.goto(f"{demo_server.url}/w/demo/settings/statuses/")
    desk.evaluate("window.isTheSame = true")

    desk.get_by_role("button", name="Move With the carrier up").click()

    names = desk.locator("#statuses .entries a.cut")
    names.first.and_(desk.get_by_text("With the carrier")).wait_for()
    assert names.nth(1).inner_text() == "Waiting for parts"
    assert desk.evaluate("window.isTheSame")


@pytest.fixture
def own(installation, tmp_path):
    """An installation where people start workspaces, with one account."""
    (tmp_path / "password").write_text(PASSWORD)
    installation.more["OPEN"] = "yes"
    words = ["acme", "--name", "Acme Lamps", "--owner", "olga@acme.example"]
    words += ["--owner-name", "Olga", "--password-file", str(tmp_path / "password")]
    installation.command("workspace", "create", *words)
    return installation.start()


def test_from_nothing_to_a_desk_of_ones_own(own, page):
    sign_in(page, own.url, "olga@acme.example", PASSWORD)
    page.goto(f"{own.url}/start/")
    assert_accessible(page)
    page.get_by_label("Name", exact=True).fill("Night Lamps")
    page.get_by_label("Address").fill("night")
    page.get_by_role("button", name="Start").click()

    assert_accessible(page)
    page.get_by_label("Address").fill("help@night.example")
    page.get_by_role("button", name="Go on").click()

    assert_accessible(page)
    page.get_by_label("Their e-mail addresses").fill("ada@night.example\nbo@night.example")
    page.get_by_role("button", name="Invite").click()
    assert page.locator("code").count() == 2
    page.get_by_role("link", name="Open the desk").click()

    bar = page.get_by_role("complementary", name="First steps")
    assert "2 of 5 done" in bar.inner_text()
    assert_accessible(page)
    bar.get_by_role("button", name="Do not show this again").click()
    bar.wait_for(state="detached")


def test_what_is_broken_is_marked_at_settings(own, page):
    own.stop()
    own.start("web")
    sign_in(page, own.url, "olga@acme.example", PASSWORD)

    page.locator(".rail-count").wait_for()
    page.locator(".rail").get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Status", exact=True).first.click()
    page.get_by_text("No worker is running").wait_for()
    assert_accessible(page)
