"""The confirmation that mail has arrived, and all who must not get one."""

from datetime import timedelta

import pytest

from answerable.channels.email.models import (
    AutomaticMails,
    Delivery,
    Mail,
    MailAccount,
    Outgoing,
)
from answerable.channels.email.outgoing.tests.letters import sent
from answerable.conversations.models import Conversation, Message
from answerable.conversations.words import Words
from answerable.customers.models import Identity
from answerable.kit.due import work_off
from answerable.kit.readers import read_all

VICTIM = "victim@bank.example"
EVIL = "Click http://evil.example now"


@pytest.fixture
def confirming(account):
    account.acknowledge = True
    account.save()
    return account


def write(inbox, email=VICTIM, verification="aligned", **more) -> Conversation:
    sender = Identity.objects.of_address(inbox.workspace_id, email, "Evil Name")
    conversation = Conversation.start(inbox, sender.customer, more.get("subject", EVIL))
    words = Words(sender, EVIL, from_email=email, verification=verification, **more)
    conversation.receive(words)
    read_all()
    return conversation


def test_a_proven_sender_is_told_that_mail_has_arrived(confirming, support):
    conversation = write(support)

    (mail,) = sent()

    assert mail["To"] == VICTIM
    assert mail["Subject"] == f"We have received your message (#{conversation.number})"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert (mail["X-Auto-Response-Suppress"], mail["Precedence"]) == ("All", "bulk")
    assert conversation.messages.last().is_automatic
    assert Conversation.objects.get(pk=conversation.pk).waiting_since is not None


def test_t093_no_word_of_theirs_is_in_it(confirming, support):
    write(support)

    (mail,) = sent()

    assert b"evil" not in mail.as_bytes().lower()


def test_t093_a_thousand_mails_make_one_confirmation(confirming, support):
    for number in range(30):
        write(support, email=f"victim+{number}@bank.example" if number % 2 else VICTIM)

    assert len(sent()) == 1


@pytest.mark.parametrize("verification", ["unverified", "failed"])
def test_t093_who_is_not_proven_gets_none(confirming, support, verification):
    write(support, verification=verification)

    assert sent() == []


def test_t094_a_machine_gets_none(confirming, support):
    write(support, is_automatic=True)
    write(support, email="noreply@shop.example")

    assert sent() == []


def test_it_is_off_unless_the_account_asks_for_it(account, support):
    write(support)

    assert sent() == []


def test_the_second_message_of_a_conversation_gets_none(confirming, support, carl):
    conversation = write(support, email="carl@customer.example")
    AutomaticMails.objects.all().delete()
    conversation.receive(Words(carl, "And?", from_email=carl.value, verification="token"))
    read_all()

    assert Delivery.objects.count() == 1


def test_reading_the_same_event_twice_confirms_once(confirming, support):
    from answerable.channels.email.outgoing.acknowledge import acknowledge_arrivals

    conversation = write(support)
    AutomaticMails.objects.all().delete()
    acknowledge_arrivals(list(conversation.events.all()))

    assert Delivery.objects.count() == 1


def test_the_next_day_it_may_be_told_again(db):
    assert AutomaticMails.objects.allow(VICTIM, "acknowledgement", 1)
    assert not AutomaticMails.objects.allow(VICTIM, "acknowledgement", 1)
    row = AutomaticMails.objects.get()
    AutomaticMails.objects.update(since=row.since - timedelta(hours=25))

    assert AutomaticMails.objects.allow(VICTIM, "acknowledgement", 1)


def test_t094_two_installations_that_confirm_to_each_other_fall_silent(
    confirming, support, other_matter
):
    theirs = MailAccount.objects.get(address="help@other.example")
    theirs.acknowledge = True
    theirs.save()
    write(support, email="help@other.example")

    for _ in range(5):
        work_off(Delivery)
        for mail in Outgoing.objects.all():
            to = MailAccount.objects.of_recipient(mail.recipient)
            take_in(to, bytes(mail.raw))
            mail.delete()

    assert Delivery.objects.filter(is_automatic=True).count() == 1


def take_in(account: MailAccount, raw: bytes) -> None:
    account.mails.create(workspace_id=account.workspace_id, received_by="smtp", raw=raw)
    work_off(Mail)
    Message.objects.filter(kind="in").update(verification="aligned")
    read_all()
