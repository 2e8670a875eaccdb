"""Mail accounts as an administrator sets them up."""

import pytest

from answerable.channels.email.models import MailAccount
from answerable.conversations.models import Inbox

HERE = "/w/demo/settings/mail"
IMAP = {
    "in-incoming": "imap",
    "in-imap_host": "127.0.0.1",
    "in-imap_port": "143",
    "in-imap_security": "none",
    "in-imap_user": "support",
    "in-imap_auth": "password",
    "in-imap_secret": "secret",
    "in-imap_folder": "INBOX",
}
SMTP = {
    "out-outgoing": "smtp",
    "out-smtp_host": "127.0.0.1",
    "out-smtp_port": "2525",
    "out-smtp_security": "none",
    "out-smtp_user": "u",
    "out-smtp_auth": "password",
}


@pytest.fixture
def page(client, olga, account):
    """The account's pages, as an owner: `page("incoming", {…})` posts, `page()` looks."""
    client.force_login(olga.user)

    def ask(noun: str = "", form: dict | None = None):
        address = f"{HERE}/{account.pk}/{noun}"
        return client.get(address) if form is None else client.post(address, form)

    return ask


def now(account) -> MailAccount:
    return MailAccount.objects.get(pk=account.pk)


def words(answer) -> str:
    return answer.content.decode()


def test_an_account_is_made_of_an_address_and_a_name(client, olga):
    client.force_login(olga.user)

    answer = client.post(f"{HERE}/new", {"address": "Sales@Demo.example", "name": "Sales"})

    account = MailAccount.objects.get(address="sales@demo.example")
    assert answer.headers["Location"] == f"{HERE}/{account.pk}/"
    assert (account.inbox.name, account.outgoing) == ("Sales", "outbox")
    assert account.inbox.workspace == olga.workspace


@pytest.mark.parametrize("address", ["nobody", "a@b@c", "x+y@demo.example", "support@demo.example"])
def test_an_address_that_cannot_be_is_refused_with_words(client, olga, support, address):
    client.force_login(olga.user)

    answer = client.post(f"{HERE}/new", {"address": address, "name": "New"})

    assert answer.status_code == 422
    assert "field-error" in words(answer)
    assert not Inbox.objects.filter(name="New").exists()


def test_an_address_of_another_company_is_taken_and_nothing_more_is_told(
    client, olga, other_matter
):
    client.force_login(olga.user)

    answer = client.post(f"{HERE}/new", {"address": "help@other.example", "name": "Help"})

    assert "taken by an inbox" in words(answer)
    assert "Other Company" not in words(answer)


def test_a_secret_is_kept_when_its_field_is_left_empty_and_never_shown(page, account, settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    page("incoming", IMAP)
    page("incoming", IMAP | {"in-imap_secret": "", "in-imap_user": "other"})

    assert (now(account).imap_secret, now(account).imap_user) == ("secret", "other")
    assert 'value="secret"' not in words(page())


@pytest.mark.parametrize("field", ["in-imap_folder", "in-imap_user", "in-imap_host"])
@pytest.mark.parametrize("evil", ["INBOX\r\nX9 DELETE Sent", "a\x00b", "a\nb", "a\rb"])
def test_t035_words_that_could_be_commands_are_refused_when_saved(
    page, account, settings, field, evil
):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]

    answer = page("incoming", IMAP | {field: evil})

    assert answer.status_code == 422
    assert now(account).incoming == "none"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]"])
def test_t030_a_server_inside_is_refused_when_saved(page, account, host):
    assert page("incoming", IMAP | {"in-imap_host": host}).status_code == 422
    assert page("outgoing", SMTP | {"out-smtp_host": host}).status_code == 422
    assert (now(account).incoming, now(account).outgoing) == ("none", "outbox")


def test_who_answers_it_is_chosen_among_colleagues(page, account, bo, mallory):
    page("access", {"members": [bo.pk]})
    foreign = page("access", {"members": [mallory.pk]})

    assert list(account.inbox.members.all()) == [bo]
    assert foreign.status_code == 422


def test_an_alias_is_taken_in_and_offered(page, account):
    page("aliases", {"alias-address": "help@demo.example", "alias-from_name": "Help"})

    assert account.addresses == {"support@demo.example", "help@demo.example"}
    page(f"aliases/{account.aliases.get().pk}/removal", {})
    assert account.addresses == {"support@demo.example"}


def test_a_key_is_made_and_its_record_is_shown_and_the_key_never(page, account):
    page("signing", {})

    account = now(account)
    shown = words(page())
    assert f"{account.dkim_selector}._domainkey.demo.example" in shown
    assert "v=DKIM1; k=rsa; p=" in shown
    assert "PRIVATE KEY" not in shown
    page("signing", {"act": "remove"})
    assert now(account).dkim_key == ""


def test_trusted_servers_are_one_a_line(page, account):
    page("trust", {"trusted_authserv_ids": "mx.demo.example\nMX2.demo.example"})

    assert now(account).trusted_authserv_ids == ["mx.demo.example", "mx2.demo.example"]
