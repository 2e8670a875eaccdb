"""A letter comes in, and its answer goes out: in two browsers and a mail program."""

import re
import smtplib
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible, sign_in

pytestmark = pytest.mark.browser


def send(server, subject: str, text: str, sender: str = "Nadia <nadia@journeys.example>") -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "support@demo.example", subject
    mail["Message-ID"] = f"<{re.sub('[^a-z]+', '-', subject.lower())}@journeys.example>"
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", server.smtp_port) as line:
        line.send_message(mail)


def test_a_letter_appears_in_the_open_desk(desk, demo_server):
    desk.goto(f"{demo_server.url}/w/demo/lists/unassigned")

    send(demo_server, "Candle holder wobbles", "It wobbles on every table.")

    expect(desk.get_by_text("Candle holder wobbles").first).to_be_visible(timeout=2_000)


def test_an_answer_goes_out_and_is_seen_by_colleagues(desk, new_page, demo_server):
    send(demo_server, "Where is my bulb", "I ordered it on Monday.")
    desk.goto(f"{demo_server.url}/w/demo/lists/unassigned")
    desk.get_by_text("Where is my bulb").first.click()
    colleague = new_page()
    sign_in(colleague, demo_server.url, "owner@demo.example", "demo-password")
    colleague.goto(desk.url)

    desk.get_by_role("textbox", name="Reply").fill("It left us this morning.")
    desk.get_by_role("button", name="Send", exact=True).click()

    for page in (desk, colleague):
        expect(page.get_by_text("It left us this morning.").first).to_be_visible(timeout=2_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["lists/unassigned", "lists/open", "conversations/1", "conversations/new", "settings/"],
)
def test_axe_finds_nothing(new_page, demo_server, path, scheme):
    page = new_page(color_scheme=scheme)
    sign_in(page, demo_server.url, "owner@demo.example", "demo-password")

    page.goto(f"{demo_server.url}/w/demo/{path}")

    assert_accessible(page)
