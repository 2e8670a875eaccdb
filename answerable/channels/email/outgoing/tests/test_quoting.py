"""Signatures, and earlier messages quoted under an answer: only for who knows them."""

import pytest

from answerable.channels.email.outgoing.tests.letters import sent


@pytest.fixture
def quoting(account):
    account.quote_history, account.signature = True, "Demo Lamps\nlamps that last"
    account.save()
    return account


def text_of(mail) -> str:
    return "\n".join(mail.get_body(("plain",)).get_content().splitlines())


def test_the_members_signature_comes_before_the_inboxes(broken_lamp, ada, quoting):
    ada.signature = "Ada"
    broken_lamp.reply("Is it plugged in?", by=ada)

    (mail,) = sent()

    assert "plugged in?\n\n-- \nAda\nDemo Lamps\nlamps that last\n\nOn " in text_of(mail)


def test_earlier_messages_are_quoted_where_the_account_wants_that(broken_lamp, ada, quoting):
    broken_lamp.reply("Is it plugged in?", by=ada)

    (mail,) = sent()

    assert text_of(mail).startswith("— Please write your answer above this line —")
    assert "Carl wrote:\n> It does not light." in text_of(mail)
    assert "It does not light." in mail.get_body(("html",)).get_content()


def test_nothing_is_quoted_unless_the_account_wants_that(broken_lamp, ada):
    broken_lamp.reply("Is it plugged in?", by=ada)

    (mail,) = sent()

    assert "It does not light" not in text_of(mail)
    assert "above this line" not in text_of(mail)


@pytest.mark.parametrize("field", ["cc", "bcc"])
def test_who_joins_later_gets_nothing_of_what_was_said_before(broken_lamp, ada, quoting, field):
    more = {field: ["eve@elsewhere.example"]}
    broken_lamp.reply("Eve will help.", by=ada, to=["carl@customer.example"], **more)

    for mail in sent():
        assert "It does not light" not in text_of(mail)


def test_notes_are_never_quoted(broken_lamp, ada, quoting):
    broken_lamp.note("He is difficult.", by=ada)
    broken_lamp.reply("Is it plugged in?", by=ada)

    (mail,) = sent()

    assert "difficult" not in mail.as_string()
