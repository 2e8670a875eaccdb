from datetime import timedelta

import pytest
from django.utils import timezone

from answerable.channels.email.models import Mail
from answerable.channels.email.tests.post import letter, post
from answerable.channels.email.tokens import MemberToken
from answerable.kit.secrets import keys_for

PROOF = {"authentication_results": "mx.demo.example; dmarc=pass header.from=demo.example"}


@pytest.fixture
def account(support):
    support.mail_account.trusted_authserv_ids = ["mx.demo.example"]
    support.mail_account.save()
    return support.mail_account


def secret_address(conversation, member, account, days=7):
    token = MemberToken.until(
        timezone.now() + timedelta(days=days),
        conversation_pk=conversation.pk,
        member_pk=member.pk,
    )
    return token.address(account.address, keys_for("mail tokens"))


def answer(conversation, member, account, *, sender="ada@demo.example", days=7, **headers):
    to = secret_address(conversation, member, account, days)
    raw = letter("Try the switch.", sender=sender, to=to, **headers)
    return post(raw, account, recipient=to)


def test_a_member_answers_by_mail(broken_lamp, ada, account):
    mail = answer(broken_lamp, ada, account, **PROOF)

    assert mail.message.kind == "out"
    assert mail.message.member == ada
    assert mail.message.to == ["carl@customer.example"]


def test_T088_a_forged_member_is_refused(broken_lamp, ada, account):
    mail = answer(broken_lamp, ada, account)

    assert mail.state == Mail.State.REFUSED
    assert not broken_lamp.messages.filter(kind="out").exists()


def test_T088_the_token_of_another_is_refused(broken_lamp, ada, account):
    mail = answer(broken_lamp, ada, account, sender="bo@demo.example", **PROOF)

    assert mail.state == Mail.State.REFUSED


def test_T089_who_has_lost_access_may_not_answer(broken_lamp, ada, support, account):
    support.teams.clear()

    mail = answer(broken_lamp, ada, account, **PROOF)

    assert mail.state == Mail.State.REFUSED


def test_an_old_notification_is_not_answered(broken_lamp, ada, account):
    mail = answer(broken_lamp, ada, account, days=-1, **PROOF)

    assert mail.state == Mail.State.REFUSED


def test_a_mail_that_a_member_passes_on_is_the_customers(ada, account):
    text = (
        "FYI\n\n---------- Forwarded message ---------\n"
        "From: Dora <dora@customer.example>\nDate: Mon, 23 Nov 2026\n"
        "Subject: Late parcel\nTo: ada@demo.example\n\nWhere is it?\n"
    )

    mail = post(letter(text, sender="Ada <ada@demo.example>", subject="Fwd: Late"), account)

    assert mail.message.conversation.requester.name == "Dora"
    assert "Ada" in mail.message.verification_reason
