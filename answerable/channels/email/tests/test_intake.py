import pytest

from answerable.channels.email.models import Mail, MailAccount
from answerable.channels.email.tests.post import letter, post, store
from answerable.channels.email.tokens import ReplyToken
from answerable.conversations.models import Conversation, Message
from answerable.kit.due import work_off
from answerable.kit.secrets import keys_for


@pytest.fixture
def account(support) -> MailAccount:
    return support.mail_account


@pytest.fixture
def trusting(account) -> MailAccount:
    """An account whose own server says which senders are proven."""
    account.trusted_authserv_ids = ["mx.demo.example"]
    account.save()
    return account


def proven(domain="customer.example") -> dict[str, str]:
    return {
        "authentication_results": f"mx.demo.example; dmarc=pass header.from={domain}",
    }


def answered(conversation: Conversation, by) -> Message:
    return conversation.reply("Try the switch.", by=by)


def test_a_mail_becomes_a_conversation(account):
    mail = post(letter("It does not light."), account)

    assert (mail.state, mail.raw) == (Mail.State.FILED, None)
    assert mail.message.new_text.strip() == "It does not light."
    assert mail.message.conversation.requester.name == "Carl"


def test_the_masked_original_remains(account):
    mail = post(letter("My card is 4242 4242 4242 4242."), account)

    assert b"4242 4242 4242" not in mail.original.read()
    assert "4242 4242 4242" not in mail.message.new_text
    assert mail.message.masked == 1


def test_T103_the_same_mail_is_filed_once(account):
    raw = letter(message_id="<1@customer.example>")
    post(raw, account)

    again = post(raw, account)

    assert again.state == Mail.State.REFUSED
    assert "already" in again.reason
    assert Message.objects.count() == 1


def test_T103_a_borrowed_message_id_stops_nobody(account):
    post(letter("First", message_id="<1@customer.example>"), account)

    mail = post(letter("Another", message_id="<1@customer.example>"), account)

    assert mail.state == Mail.State.FILED
    assert Conversation.objects.count() == 2


def test_an_answer_to_our_mail_joins(account, broken_lamp, ada):
    ours = answered(broken_lamp, ada)

    mail = post(letter("Works!", in_reply_to=ours.message_id), account)

    assert mail.message.conversation == broken_lamp
    assert mail.message.verification == "token"
    assert mail.message.joined_because


def test_an_answer_to_the_secret_address_joins(account, broken_lamp, ada):
    address = _reply_address(broken_lamp, account)

    mail = post(letter("Works!", to=address), account, recipient=address)

    assert mail.message.conversation == broken_lamp


def test_T091_a_stranger_who_knows_the_thread_starts_their_own(account, broken_lamp, ada):
    ours = answered(broken_lamp, ada)
    address = _reply_address(broken_lamp, account)

    mail = post(
        letter("Let me in", sender="eve@evil.example", to=address, in_reply_to=ours.message_id),
        account,
        recipient=address,
    )

    assert mail.message.conversation != broken_lamp
    assert f"#{broken_lamp.number}" in mail.message.joined_because


def test_T087_a_token_in_the_words_opens_nothing(account, broken_lamp):
    address = _reply_address(broken_lamp, account)

    mail = post(letter(f"See {address}", subject=address), account)

    assert mail.message.conversation != broken_lamp


def test_T090_a_number_in_the_subject_opens_nothing(account, broken_lamp):
    mail = post(letter(subject=f"Re: [#{broken_lamp.number}] Broken lamp"), account)

    assert mail.message.conversation != broken_lamp


def test_T086_an_unproven_answer_to_a_known_mail_starts_its_own(account):
    first = post(letter(message_id="<1@customer.example>"), account)

    mail = post(letter("More", in_reply_to="<1@customer.example>", cc="eve@evil.example"), account)

    assert mail.message.conversation != first.message.conversation
    assert str(first.message.conversation.number) in mail.message.joined_because
    participants = mail.message.conversation.participants
    assert not participants.filter(identity__value="eve@evil.example").exists()


def test_a_proven_answer_to_a_known_mail_joins(trusting):
    first = post(letter(message_id="<1@customer.example>", **proven()), trusting)

    mail = post(letter("More", in_reply_to="<1@customer.example>", **proven()), trusting)

    assert mail.message.conversation == first.message.conversation
    assert mail.message.verification == "aligned"


def test_a_proven_sender_brings_colleagues(trusting):
    mail = post(letter(cc="dora@customer.example", **proven()), trusting)

    cc = mail.message.conversation.participants.get(role="copied")
    assert cc.identity.value == "dora@customer.example"


def test_R24_an_answer_that_came_first_is_found_by_its_original(trusting):
    answer = post(letter("And blue.", in_reply_to="<1@customer.example>", **proven()), trusting)

    original = post(letter("It is red.", message_id="<1@customer.example>", **proven()), trusting)

    assert original.message.conversation == answer.message.conversation


def test_T098_two_senders_are_never_believed(trusting):
    raw = letter(**proven()).replace(b"From: Carl", b"From: eve@evil.example\r\nFrom: Carl")

    mail = post(raw, trusting)

    assert mail.message.verification == "unverified"


def test_T095_our_own_mail_coming_back_is_refused(account, broken_lamp, ada):
    ours = answered(broken_lamp, ada)

    mail = post(letter(message_id=ours.message_id, sender="support@demo.example"), account)

    assert mail.state == Mail.State.REFUSED


def test_a_mail_that_fails_is_visible_and_stops_nobody(account, monkeypatch):
    bad = store(letter("bad"), account)
    monkeypatch.setattr(Mail, "most_attempts", 0)
    work_off(Mail)
    monkeypatch.undo()

    good = post(letter("good"), account)

    bad.refresh_from_db()
    assert bad.state == Mail.State.FAILED
    assert bad.raw
    assert good.state == Mail.State.FILED
    assert list(Mail.objects.in_trouble()) == [bad]


def test_blocked_senders_go_to_spam(account, carl):
    carl.customer.blocked = True
    carl.customer.save()

    mail = post(letter(), account)

    assert mail.message.conversation.shelf == "spam"


def _reply_address(conversation, account) -> str:
    participant = conversation.participants.get()
    token = ReplyToken(conversation.pk, participant.pk)
    return token.address(account.address, keys_for("mail tokens"))


@pytest.mark.parametrize("value", ["carl@customer.example", "customer.example"])
def test_mail_of_a_blocked_address_or_domain_goes_to_spam(account, broken_lamp, ada, value):
    sent = answered(broken_lamp, ada)
    broken_lamp.workspace.blocks.create(value=value, by=ada)

    mail = post(letter("Me again.", in_reply_to=sent.message_id), account)

    assert mail.message.conversation != broken_lamp
    assert mail.message.conversation.shelf == "spam"
