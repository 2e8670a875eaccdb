"""Whether mail flows, in words; of one's own workspace and inboxes only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from answerable.channels.email.health import signs
from answerable.channels.email.models import Delivery, Mail
from answerable.kit.models import Beat
from answerable.workspaces.health import Tone


@pytest.fixture
def account(support, olga):
    return support.mail_account


@pytest.fixture
def of_olga(olga):
    """Signs by what they are about."""
    return lambda: {str(sign.about): sign for sign in signs(olga)}


def mail(account, state: str) -> Mail:
    return Mail.objects.create(
        workspace=account.workspace,
        account=account,
        state=state,
        received_by=Mail.By.SMTP,
        next_at=None,
    )


def delivery(conversation, by, state: str, ago: timedelta = timedelta()) -> Delivery:
    return Delivery.objects.create(
        workspace=conversation.workspace,
        account=conversation.inbox.mail_account,
        message=conversation.messages.first(),
        recipient="carl@customer.example",
        state=state,
        created_at=timezone.now() - ago,
        next_at=None,
    )


def test_without_an_account_it_says_how_to_begin(of_olga):
    assert of_olga()["Mail accounts"].tone is Tone.CARE


def test_nobody_takes_mail_in(of_olga, account):
    assert of_olga()["Receiving"].tone is Tone.WRONG

    Beat.note("somewhere 1", "mail", "")
    assert of_olga()["Receiving"].tone is Tone.RIGHT


def test_an_account_that_cannot_be_fetched_is_broken(of_olga, account):
    account.fetch_error = "The password was refused."
    account.save()

    sign = of_olga()[account.address]
    assert sign.tone is Tone.WRONG
    assert "The password was refused." in sign.words


def test_a_mailbox_that_is_not_fetched_is_broken(of_olga, account):
    account.incoming, account.outgoing = "imap", "smtp"
    account.save()
    assert of_olga()[account.address].tone is Tone.WRONG

    mail(account, Mail.State.FILED)
    account.fetched_at = timezone.now()
    account.save()
    assert of_olga()[account.address].tone is Tone.RIGHT


def test_mail_in_trouble_is_counted(of_olga, account):
    mail(account, Mail.State.FAILED)
    mail(account, Mail.State.REFUSED)

    sign = of_olga()["Mail in trouble"]
    assert sign.tone is Tone.CARE
    assert "1 could not be read, 1 were refused" in sign.words


def test_an_answer_that_did_not_leave_leads_to_its_conversation(of_olga, olga, broken_lamp):
    delivery(broken_lamp, olga, Delivery.State.FAILED)

    sign = of_olga()["Answers"]
    assert sign.tone is Tone.CARE
    assert sign.links == ((f"#{broken_lamp.number}", broken_lamp.get_absolute_url()),)


def test_when_nothing_leaves_for_an_hour_it_is_broken(of_olga, olga, broken_lamp):
    waiting = delivery(broken_lamp, olga, Delivery.State.DEFERRED)
    assert of_olga()["Answers"].tone is Tone.CARE

    Delivery.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - timedelta(hours=2))
    assert of_olga()["Answers"].tone is Tone.WRONG


def test_nothing_of_another_workspace_shows(of_olga, account, other_matter, mallory):
    delivery(other_matter, mallory, Delivery.State.UNKNOWN)
    mail(other_matter.inbox.mail_account, Mail.State.FAILED)

    told = [str(sign.words) for sign in signs(account.workspace.members.get(display_name="Olga"))]
    assert "help@other.example" not in of_olga()
    assert of_olga()["Answers"].tone is of_olga()["Mail in trouble"].tone is Tone.RIGHT
    assert told


def test_nothing_of_a_foreign_inbox_shows(broken_lamp, bo, ada):
    delivery(broken_lamp, ada, Delivery.State.FAILED)

    assert [str(sign.about) for sign in signs(bo)] == ["Mail accounts"]


def test_the_page_asks_the_same_number_of_questions(
    client, olga, broken_lamp, django_assert_max_num_queries
):
    client.force_login(olga.user)
    for _number in range(8):
        mail(broken_lamp.inbox.mail_account, Mail.State.FAILED)
    client.get("/w/demo/settings/status/")

    with django_assert_max_num_queries(20):
        assert client.get("/w/demo/settings/status/").status_code == 200
