"""Mail in trouble, and the outbox."""

import pytest

from answerable.channels.email.models import Delivery, Mail
from answerable.kit.due import work_off
from answerable.workspaces.models import Notice

TROUBLE = "/w/demo/settings/mail/trouble/"
OUTBOX = "/w/demo/outbox/"
HEAD = b"From: carl@customer.example\r\nSubject: Card\r\n\r\n"
RAW = HEAD + b"4111 1111 1111 1111 <script>x</script>\r\n"


@pytest.fixture
def refused(account) -> Mail:
    return account.mails.create(
        workspace_id=account.workspace_id,
        state=Mail.State.REFUSED,
        reason="It has no sender that could be answered.",
        received_by="smtp",
        mail_from="carl@customer.example",
        raw=RAW,
        next_at=None,
    )


def test_what_was_refused_is_listed_with_its_reason(client, olga, refused):
    client.force_login(olga.user)

    page = client.get(TROUBLE).content.decode()

    assert "It has no sender that could be answered." in page
    assert "carl@customer.example" in page


def test_retry_reads_it_again(client, olga, refused):
    client.force_login(olga.user)

    client.post(f"{TROUBLE}{refused.pk}/retry")
    work_off(Mail)

    mail = Mail.objects.get(pk=refused.pk)
    assert mail.state == "filed"
    assert mail.message.conversation.subject == "Card"


def test_the_raw_mail_is_text_that_cannot_run_and_has_no_card_number(client, olga, refused):
    client.force_login(olga.user)

    answer = client.get(f"{TROUBLE}{refused.pk}/raw")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"4111 1111 1111 1111" not in answer.content


def test_the_outbox_shows_what_would_have_been_sent(client, ada, broken_lamp):
    broken_lamp.reply("Is it plugged in?", by=ada)
    work_off(Delivery)
    client.force_login(ada.user)

    page = client.get(OUTBOX).content.decode()
    mail = client.get(f"{OUTBOX}{Delivery.objects.get().outgoing_set.get().pk}/").content.decode()

    assert "Broken lamp" in page
    assert "Is it plugged in?" in mail
    assert "support+r." in mail


def test_mail_to_members_is_shown_to_owners_and_never_what_lets_somebody_in(
    client, olga, ada, support
):
    common = {"workspace": olga.workspace, "to": "x@demo.example", "text": "t", "message_id": "m"}
    Notice.objects.create(subject="Carl wrote", **common)
    Notice.objects.create(subject="You are invited", is_secret=True, **common)

    client.force_login(olga.user)
    owners = client.get(OUTBOX).content.decode()
    client.force_login(ada.user)
    agents = client.get(OUTBOX).content.decode()

    assert ("Carl wrote" in owners, "You are invited" in owners) == (True, False)
    assert "Carl wrote" not in agents


def test_a_failed_answer_is_retried_from_the_conversation(client, ada, broken_lamp):
    message = broken_lamp.reply("Is it plugged in?", by=ada)
    Delivery.objects.update(state="failed", next_at=None)
    client.force_login(ada.user)

    client.post(f"{broken_lamp.get_absolute_url().rstrip('/')}/messages/{message.pk}/retry")
    work_off(Delivery)

    assert Delivery.objects.get().state == "accepted"
