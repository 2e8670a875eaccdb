"""Mail that came back, complaints, and mail that nobody wrote."""

import pytest

from answerable.channels.email.reading import read
from answerable.channels.email.tests.shelf import HEAD, mail, read_letter, read_text


def test_a_report_says_whom_it_did_not_reach_and_which_mail():
    letter = read_letter("bounce_by_rfc_3464")

    failure = letter.failures[0]
    assert letter.is_bounce
    assert (failure.address, failure.status) == ("carl@customer.example", "5.1.1")
    assert (failure.reason, failure.hard) == ("userunknown", True)
    assert letter.bounced_message_id == "reply-7@answerable.example"


def test_a_bounce_in_mere_words_is_read_too():
    letter = read_letter("bounce_in_words_of_qmail")

    failure = letter.failures[0]
    assert (failure.address, failure.status) == ("carl@customer.example", "5.2.2")
    assert (failure.reason, failure.hard) == ("mailboxfull", False)
    assert letter.bounced_message_id == "reply-8@answerable.example"


def test_a_complaint_is_no_bounce():
    letter = read_letter("complaint_by_arf")

    assert letter.is_complaint
    assert not letter.is_bounce
    assert letter.failures[0].address == "carl@customer.example"
    assert letter.bounced_message_id == "reply-9@answerable.example"


def test_a_customer_who_writes_about_a_bounce_is_no_bounce():
    letter = read_text("My mail to you was not delivered: 550 5.1.1 user unknown. Why?")

    assert not letter.is_bounce
    assert not letter.is_automatic


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (failure)",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "Return-Path: <>",
        "X-FC-MachineGenerated: true",
    ],
)
def test_headers_of_automata_are_known(line):
    assert read(mail(*HEAD, line, "", "x")).is_automatic


@pytest.mark.parametrize(
    "line",
    ["Auto-Submitted: no", "X-Auto-Response-Suppress: All", "X-Autoreply: no", "X-Priority: 1"],
)
def test_these_headers_prove_nothing(line):
    assert not read(mail(*HEAD, line, "", "x")).is_automatic


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Lamp",
        "Out of Office: Lamp",
        "Abwesenheitsnotiz: Lamp",
        "Réponse automatique : Lamp",
        "Respuesta automática: Lamp",
        "Odpowiedź automatyczna: Lamp",
        "自动回复: Lamp",
        "자동 회신: Lamp",
        "رد تلقائي: Lamp",
    ],
)
def test_subjects_of_the_absent_are_known(subject):
    assert read_text("x", subject=subject).is_automatic


def test_an_absence_in_japanese_is_read():
    letter = read_letter("out_of_office_in_japanese")

    assert letter.is_automatic
    assert letter.new_text == "すみません。"


def test_a_mailing_list_is_known():
    assert read(mail(*HEAD, "List-Id: <lamps.example>", "", "x")).is_list
