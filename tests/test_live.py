"""Open pages are right by themselves, in a real browser: after a change, and after a lost line."""

import smtplib
import time
from email.message import EmailMessage

import pytest

from tests.browser import sign_in

pytestmark = pytest.mark.browser

UP = "html[data-line=up]"
LOST = "html[data-line=connecting], html[data-line=lost]"


@pytest.fixture
def house(installation):
    """The demo, for one test alone."""
    installation.command("demo", "--password", "demo-password")
    return installation.start()


def window(new_page, house, path):
    """A page of the desk in a browser of its own, its line up."""
    page = new_page()
    sign_in(page, house.url, "owner@demo.example", "demo-password")
    page.goto(f"{house.url}/w/demo/{path}")
    page.wait_for_selector(UP)
    return page


def send_mail(house, subject):
    mail = EmailMessage()
    mail["From"], mail["To"] = "Dora <dora@customer.example>", "support@demo.example"
    mail["Subject"], mail["Message-ID"] = subject, f"<{time.time()}@customer.example>"
    mail.set_content("It flickers.")
    with smtplib.SMTP("127.0.0.1", house.smtp_port) as smtp:
        smtp.send_message(mail)


def test_what_one_window_does_the_other_shows(demo_server, new_page):
    one = window(new_page, demo_server, "lists/open")
    number = one.locator("[data-conversation]").first.get_attribute("id").removeprefix("row-")
    path = f"conversations/{number}?list=open"
    one, other = [window(new_page, demo_server, path) for _ in range(2)]
    other.wait_for_selector("#header[data-shelf=open]")

    one.keyboard.press("e")
    one.wait_for_selector("#header[data-shelf=resolved]")
    other.wait_for_selector("#header[data-shelf=resolved]", timeout=1_500)
    one.keyboard.press("z")

    other.wait_for_selector("#header[data-shelf=open]")


def test_a_mail_appears_in_the_open_list_within_two_seconds(demo_server, new_page):
    page = window(new_page, demo_server, "lists/open")

    send_mail(demo_server, "The lamp flickers")

    page.get_by_text("The lamp flickers").first.wait_for(timeout=2_000)


def test_after_a_lost_line_the_page_catches_up(house, new_page, watch):
    watch.allow("WebSocket connection")
    watch.allow("ERR_CONNECTION_REFUSED")
    watch.allow("Failed to load resource")
    page = window(new_page, house, "lists/open")
    house.kill()
    page.wait_for_selector(LOST)
    house.start()
    send_mail(house, "A letter in the night")

    page.wait_for_selector(UP, timeout=40_000)

    page.get_by_text("A letter in the night").first.wait_for(timeout=5_000)
