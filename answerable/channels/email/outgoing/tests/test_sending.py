"""Answers on their way by a real SMTP server, on good days and on bad ones."""

from datetime import timedelta

import dkim
import pytest
from django.utils import timezone

from answerable.channels.email.authenticity.signing import new_key, public_half
from answerable.channels.email.models import Delivery
from answerable.channels.email.outgoing.tests.conftest import use
from answerable.channels.email.outgoing.tests.letters import read
from answerable.channels.email.outgoing.tests.sink import (
    CUT_BEFORE_ANSWER,
    CUT_BEFORE_END,
)
from answerable.conversations.channel import channel_of
from answerable.conversations.models import Attachment, Event, Message
from answerable.files.models import File
from answerable.kit.due import work_off

CARL = "carl@customer.example"
STARTTLS = {"smtp_host": "localhost", "smtp_security": "starttls", "smtp_user": "support"}


def answer(conversation, ada, **more) -> Delivery:
    conversation.reply("Is it plugged in?", by=ada, **more)
    return Delivery.objects.order_by("-pk").first()


def after_work(delivery) -> Delivery:
    work_off(Delivery)
    return Delivery.objects.get(pk=delivery.pk)


def message_of(delivery) -> Message:
    return Message.objects.get(pk=delivery.message_id)


def test_an_answer_leaves_by_smtp_once(by_smtp, sink, broken_lamp, ada):
    delivery = after_work(answer(broken_lamp, ada))
    work_off(Delivery)

    assert (delivery.state, delivery.answer) == ("accepted", "250 2.0.0 Queued as 4711")
    ((sender, recipient, raw),) = sink.behaviour.taken
    assert (recipient, read(raw)["To"]) == (CARL, CARL)
    assert sender.startswith("support+b.")


def test_lines_that_begin_with_a_dot_arrive_as_written(by_smtp, sink, broken_lamp, ada):
    broken_lamp.reply(".hidden\n.\n..two", by=ada)
    work_off(Delivery)

    text = read(sink.behaviour.taken[0][2]).get_body(("plain",)).get_content()
    assert text.splitlines()[:3] == [".hidden", ".", "..two"]


def test_one_line_carries_many_mails(by_smtp, sink, broken_lamp, ada):
    answer(broken_lamp, ada, to=[f"p{number}@customer.example" for number in range(20)])
    work_off(Delivery)

    assert len(sink.behaviour.taken) == 20
    assert sink.behaviour.dialogues == 1


def test_a_recipient_that_does_not_exist_fails_for_good(by_smtp, sink, broken_lamp, ada):
    sink.behaviour.rcpt[CARL] = "550 5.1.1 No such user"

    delivery = after_work(answer(broken_lamp, ada))

    assert (delivery.state, delivery.next_at) == ("failed", None)
    assert message_of(delivery).delivery == "failed"
    assert message_of(delivery).delivery_error == "550 5.1.1 No such user"
    event = broken_lamp.events.get(kind=Event.Kind.DELIVERY_CHANGED)
    assert event.because == "550 5.1.1 No such user"


@pytest.mark.parametrize("words", ["421 Too many", "451 Greylisted", "452 Full"])
def test_r17_what_is_refused_for_now_is_tried_again_later(by_smtp, sink, broken_lamp, ada, words):
    sink.behaviour.rcpt[CARL] = words

    delivery = after_work(answer(broken_lamp, ada))

    assert (delivery.state, delivery.answer) == ("deferred", words)
    assert timezone.now() < delivery.next_at < timezone.now() + timedelta(minutes=2)
    changed = broken_lamp.events.get(kind=Event.Kind.DELIVERY_CHANGED)
    assert changed.because == ""


def test_r17_the_next_try_is_the_same_mail(by_smtp, sink, broken_lamp, ada):
    sink.behaviour.data[CARL] = "451 Later"
    delivery = after_work(answer(broken_lamp, ada))
    sink.behaviour.data.clear()

    Delivery.objects.update(next_at=timezone.now())
    delivery = after_work(delivery)

    assert (delivery.state, delivery.attempts) == ("accepted", 2)
    assert read(sink.behaviour.taken[0][2])["Message-ID"] == message_of(delivery).message_id


@pytest.mark.parametrize("words", ["554 Spam", "552 Too large"])
def test_r17_what_is_refused_after_data_is_not_tried_again(by_smtp, sink, broken_lamp, ada, words):
    sink.behaviour.data[CARL] = words

    delivery = after_work(answer(broken_lamp, ada))

    assert (delivery.state, delivery.answer, delivery.next_at) == ("failed", words, None)


def test_one_bad_recipient_does_not_stop_the_others(by_smtp, sink, broken_lamp, ada):
    sink.behaviour.rcpt["b@x.example"] = "550 No"
    answer(broken_lamp, ada, to=["a@x.example", "b@x.example", "c@x.example"])
    work_off(Delivery)

    assert [recipient for _, recipient, _ in sink.behaviour.taken] == ["a@x.example", "c@x.example"]
    assert Message.objects.get(kind="out").delivery == "failed"


def test_r17_a_line_lost_after_the_last_dot_leaves_it_unknown(by_smtp, sink, broken_lamp, ada):
    sink.behaviour.data[CARL] = CUT_BEFORE_ANSWER

    delivery = after_work(answer(broken_lamp, ada))
    work_off(Delivery)

    assert (delivery.state, delivery.next_at) == ("unknown", None)
    assert len(sink.behaviour.taken) == 1
    assert message_of(delivery).delivery == "unknown"
    assert broken_lamp.events.filter(kind=Event.Kind.DELIVERY_CHANGED).count() == 1


def test_r17_a_line_lost_before_the_last_dot_is_tried_again(by_smtp, sink, broken_lamp, ada):
    sink.behaviour.data[CARL] = CUT_BEFORE_END
    file = File.objects.of_content(ada.workspace_id, b"\0" * 8_000_000, "application/zip")
    large = Attachment.objects.create(workspace=ada.workspace, file=file, name="large.zip")

    delivery = after_work(answer(broken_lamp, ada, attachments=[large]))

    assert delivery.state == "deferred"
    assert delivery.next_at is not None


def test_a_server_that_is_away_is_tried_again(by_smtp, sink, broken_lamp, ada):
    sink.stop()

    delivery = after_work(answer(broken_lamp, ada))

    assert delivery.state == "deferred"
    assert delivery.answer.startswith("No server answered at 127.0.0.1")


def test_after_three_days_it_is_given_up_with_the_last_answer(by_smtp, sink, broken_lamp, ada):
    sink.behaviour.rcpt[CARL] = "451 Greylisted"
    delivery = answer(broken_lamp, ada)
    Delivery.objects.update(attempts=80)

    delivery = after_work(delivery)

    assert delivery.state == "failed"
    assert "451 Greylisted" in delivery.answer


def test_a_server_that_wants_the_plain_address_gets_it(by_smtp, sink, broken_lamp, ada):
    sink.behaviour.mail_from = "550 5.7.60 You may not send as this"

    after_work(answer(broken_lamp, ada))

    assert sink.behaviour.taken[0][0] == "support@demo.example"


def test_a_kept_line_that_died_is_replaced(by_smtp, sinks, sink, broken_lamp, ada):
    after_work(answer(broken_lamp, ada))
    sink.stop()
    use(by_smtp, sinks())

    assert after_work(answer(broken_lamp, ada)).state == "accepted"


def test_a_mail_larger_than_the_server_takes_fails_with_words(by_smtp, broken_lamp, ada):
    file = File.objects.of_content(ada.workspace_id, b"\0" * 26_000_000, "application/zip")
    large = Attachment.objects.create(workspace=ada.workspace, file=file, name="large.zip")

    delivery = after_work(answer(broken_lamp, ada, attachments=[large]))

    assert delivery.state == "failed"
    assert "larger than the mail server takes" in delivery.answer


def test_starttls_and_a_password(account, sinks, certified, broken_lamp, ada):
    sink = sinks(starttls=certified("localhost"), password="secret")
    use(account, sink, **STARTTLS, smtp_secret="secret")

    assert after_work(answer(broken_lamp, ada)).state == "accepted"
    assert sink.behaviour.logins == [b"support"]


def test_tls_from_the_start(account, sinks, certified, broken_lamp, ada):
    sink = sinks(tls=certified("localhost"))
    use(account, sink, smtp_host="localhost", smtp_security="tls")

    assert after_work(answer(broken_lamp, ada)).state == "accepted"


def test_a_certificate_for_another_name_gets_no_mail(account, sinks, certified, broken_lamp, ada):
    sink = sinks(tls=certified("elsewhere.example"))
    use(account, sink, smtp_host="localhost", smtp_security="tls")

    delivery = after_work(answer(broken_lamp, ada))

    assert delivery.state == "deferred"
    assert delivery.answer == "The certificate of localhost does not hold for this name."


def test_a_server_without_starttls_gets_no_mail_and_no_password(account, sink, broken_lamp, ada):
    use(account, sink, smtp_security="starttls", smtp_user="support", smtp_secret="secret")

    delivery = after_work(answer(broken_lamp, ada))

    assert delivery.state == "deferred"
    assert "Nothing is sent in the clear" in delivery.answer


def test_a_wrong_password_is_the_accounts_trouble(account, sinks, certified, broken_lamp, ada):
    sink = sinks(starttls=certified("localhost"), password="secret")
    use(account, sink, **STARTTLS, smtp_secret="wrong")

    delivery = after_work(answer(broken_lamp, ada))

    assert delivery.state == "deferred"
    assert delivery.answer == "localhost does not accept the user and password."


def test_the_mail_is_signed_when_the_account_has_a_key(by_smtp, sink, broken_lamp, ada):
    by_smtp.dkim_selector, by_smtp.dkim_key = "answers", new_key()
    by_smtp.save()
    record = f"v=DKIM1; k=rsa; p={public_half(by_smtp.dkim_key)}".encode()

    after_work(answer(broken_lamp, ada))

    raw = sink.behaviour.taken[0][2]
    assert dkim.verify(raw, dnsfunc=lambda *_, **__: record)


def test_retry_sends_what_was_refused_and_tells_that_it_went_well(by_smtp, sink, broken_lamp, ada):
    sink.behaviour.rcpt[CARL] = "550 No such user"
    delivery = after_work(answer(broken_lamp, ada))
    sink.behaviour.rcpt.clear()

    channel_of(broken_lamp.inbox).retry(message_of(delivery))
    delivery = after_work(delivery)

    assert (delivery.state, message_of(delivery).delivery) == ("accepted", "accepted")
    told = broken_lamp.events.filter(kind=Event.Kind.DELIVERY_CHANGED).order_by("number")
    assert [event.particulars["state"] for event in told] == ["failed", "accepted"]


def test_retry_of_what_arrived_sends_nothing(by_smtp, sink, broken_lamp, ada):
    delivery = after_work(answer(broken_lamp, ada))

    channel_of(broken_lamp.inbox).retry(message_of(delivery))
    work_off(Delivery)

    assert len(sink.behaviour.taken) == 1
