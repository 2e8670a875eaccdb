"""An answer of a member, as it arrives in the customer's mail program."""

import pytest

from answerable.channels.email.models import Delivery, Outgoing
from answerable.channels.email.outgoing.compose import compose
from answerable.channels.email.outgoing.tests.letters import sent
from answerable.channels.email.tokens import BounceToken, ReplyToken, parse_message_id
from answerable.conversations.channel import Unsendable
from answerable.conversations.models import Message
from answerable.conversations.words import Words
from answerable.kit.due import work_off
from answerable.kit.secrets import keys_for

KEYS = keys_for("mail tokens")


def test_an_answer_is_threaded_in_the_customers_mail_program(broken_lamp, ada, carl):
    asked = Words(carl, "Still dark.", message_id="lamp-2@customer.example")
    broken_lamp.receive(asked)
    message = broken_lamp.reply("Is it plugged in?", by=ada)

    (mail,) = sent()

    assert mail["In-Reply-To"] == "<lamp-2@customer.example>"
    assert "<lamp-2@customer.example>" in mail["References"]
    assert parse_message_id(mail["Message-ID"], KEYS).message_pk == message.pk
    assert mail["To"] == "carl@customer.example"
    assert mail["From"] == "Ada at Demo Lamps <support@demo.example>"
    assert mail["Subject"] == "Broken lamp"


def test_the_answers_address_proves_whom_we_wrote_to(broken_lamp, ada):
    broken_lamp.reply("Is it plugged in?", by=ada)

    (mail,) = sent()

    token = ReplyToken.read(mail["Reply-To"].addresses[0].addr_spec, KEYS)
    assert token.conversation_pk == broken_lamp.pk
    assert token.participant_pk == broken_lamp.participants.get().pk


def test_each_recipient_has_an_own_answer_address_and_bcc_is_in_no_header(broken_lamp, ada):
    broken_lamp.reply(
        "Hello.", by=ada, to=["carl@customer.example"], cc=["eve@x.example"], bcc=["zoe@y.example"]
    )

    mails = sent()

    assert len({mail["Reply-To"] for mail in mails}) == 3
    assert len({mail["Message-ID"] for mail in mails}) == 1
    for raw in Outgoing.objects.values_list("raw", flat=True):
        assert b"zoe@y.example" not in bytes(raw)
        assert b"Bcc" not in bytes(raw)


def test_an_answer_is_text_and_the_same_as_html(broken_lamp, ada):
    broken_lamp.reply("Is it <plugged> in?\nSee https://lamps.example/help.", by=ada)

    (mail,) = sent()

    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text.get_content().splitlines()[:2] == [
        "Is it <plugged> in?",
        "See https://lamps.example/help.",
    ]
    assert "Is it &lt;plugged&gt; in?<br>" in html.get_content()
    assert '<a href="https://lamps.example/help">' in html.get_content()


def test_a_retry_is_the_same_mail_byte_for_byte(broken_lamp, ada):
    broken_lamp.reply("Is it plugged in?", by=ada, html="<b>Is it</b> plugged in?")
    delivery = Delivery.objects.get()

    assert compose(delivery).raw == compose(Delivery.objects.get()).raw


def test_failure_reports_come_back_for_the_very_delivery(broken_lamp, ada):
    broken_lamp.reply("Is it plugged in?", by=ada)
    delivery = Delivery.objects.get()

    assert BounceToken.read(compose(delivery).sender, KEYS).delivery_pk == delivery.pk


def test_the_message_stands_where_its_deliveries_stand(broken_lamp, ada):
    message = broken_lamp.reply("Is it plugged in?", by=ada)

    assert message.delivery == "planned"
    work_off(Delivery)

    assert Message.objects.get(pk=message.pk).delivery == "accepted"
    # Open pages are to show it; nobody is told of what went well.
    assert broken_lamp.events.get(kind="delivery_changed").because == ""


def test_t092_our_own_addresses_are_no_recipients(broken_lamp, ada):
    own = ["Support@demo.example", "support+r.abc@demo.example"]
    message = broken_lamp.reply("Hi", by=ada, to=["carl@customer.example", *own], cc=own)

    assert message.recipients == ["carl@customer.example"]


def test_t095_an_answer_to_ourselves_alone_is_refused_with_words(broken_lamp, ada):
    with pytest.raises(Unsendable, match="our own address"):
        broken_lamp.reply("Hi", by=ada, to=["support@demo.example"])


def test_t092_an_answer_to_a_crowd_is_refused_with_words(broken_lamp, ada):
    crowd = [f"p{number}@customer.example" for number in range(101)]

    with pytest.raises(Unsendable, match="More than 100"):
        broken_lamp.reply("Hi", by=ada, to=crowd)


def test_t101_from_is_an_address_of_the_inbox_whatever_was_asked_for(broken_lamp, ada):
    with pytest.raises(Unsendable, match="not an address of this inbox"):
        broken_lamp.reply("Hi", by=ada, alias="boss@bank.example")
