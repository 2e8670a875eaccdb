"""An administrator sets up a mail account, and looks at what would have been sent."""

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible, sign_in

pytestmark = pytest.mark.browser

PAGES = ["settings/mail/", "settings/mail/new", "settings/mail/1/", "settings/mail/trouble/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*PAGES, "outbox/"])
def test_axe_finds_nothing_on_the_pages_of_mail(new_page, demo_server, path, scheme):
    page = new_page(color_scheme=scheme)
    sign_in(page, demo_server.url, "owner@demo.example", "demo-password")

    page.goto(f"{demo_server.url}/w/demo/{path}")

    assert_accessible(page)


def test_of_the_ways_only_the_chosen_one_is_shown(desk, demo_server):
    desk.goto(f"{demo_server.url}/w/demo/settings/mail/1/")
    expect(desk.get_by_label("SMTP server")).to_be_hidden()

    desk.get_by_label("Answers are").select_option("smtp")

    expect(desk.get_by_label("SMTP server")).to_be_visible()


def test_a_server_inside_is_refused_beside_its_field(desk, demo_server, watch):
    watch.allow("422")
    desk.goto(f"{demo_server.url}/w/demo/settings/mail/1/")
    desk.get_by_label("Answers are").select_option("smtp")
    desk.get_by_label("SMTP server").fill("10.0.0.1")

    desk.locator("#outgoing").get_by_role("button", name="Save").click()

    expect(desk.get_by_text("No server was found at 10.0.0.1, port 587.")).to_be_in_viewport()


def test_an_answer_of_the_demo_is_in_the_outbox_with_its_thread(desk, demo_server):
    desk.goto(f"{demo_server.url}/w/demo/outbox/")

    desk.locator("#outbox a").first.click()

    expect(desk.get_by_text("In answer to")).to_be_visible()
    expect(desk.get_by_text("support+r.").or_(desk.get_by_text("sales+r."))).to_be_visible()
