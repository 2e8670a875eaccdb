"""Trying an account: each direction says in words what is wrong, and is no port scanner (T034)."""

import html

import pytest
from django.core.cache import cache

from answerable.channels.email.outgoing.tests.conftest import use
from answerable.channels.email.outgoing.tests.sink import certificate_for
from answerable.channels.email.receivers.tests.dovecot import Dovecot
from tests.servers import free_port

STARTTLS = {"smtp_host": "localhost", "smtp_security": "starttls", "smtp_user": "support"}


@pytest.fixture
def tried(client, olga, account, settings):
    """What the page says after a try."""
    settings.PRIVATE_HOSTS = ["127.0.0.1", "localhost"]
    cache.clear()
    client.force_login(olga.user)

    def ask(direction: str) -> str:
        answer = client.post(f"/w/demo/settings/mail/{account.pk}/{direction}-test")
        return html.unescape(answer.content.decode())

    return ask


@pytest.fixture
def mailbox(account, tmp_path_factory):
    """Support's account, fetched from a real IMAP server."""
    folder = tmp_path_factory.mktemp("tls")
    certificate_for("localhost", folder)
    server = Dovecot.start(folder / "server.pem")
    account.incoming, account.imap_host, account.imap_port = "imap", "127.0.0.1", server.port
    account.imap_security, account.imap_user = "none", server.user
    account.imap_secret = server.password
    account.save()
    yield server
    server.stop()


def change(account, **fields) -> None:
    type(account).objects.filter(pk=account.pk).update(**fields)


def test_a_server_that_takes_our_mail(account, sink, tried):
    use(account, sink)

    assert "The server lets us in and takes mail from support@demo.example." in tried("sending")
    assert sink.behaviour.taken == []


def test_a_wrong_password(account, sinks, certified, tried):
    use(account, sinks(starttls=certified("localhost"), password="a"), **STARTTLS, smtp_secret="b")

    assert "localhost does not accept the user and password." in tried("sending")


def test_a_certificate_for_another_name(account, sinks, certified, tried):
    use(account, sinks(starttls=certified("other.example")), **STARTTLS)

    assert "The certificate of localhost does not hold for this name." in tried("sending")


def test_t034_a_closed_port_and_one_of_something_else_are_told_apart_by_nothing(
    account, sink, tried, mailbox
):
    """Outside of what the operator allows, ports that are not for mail are not even asked."""
    use(account, sink, smtp_host="192.0.2.1", smtp_port=6379)
    redis = tried("sending")
    use(account, sink, smtp_host="no-such-host.invalid", smtp_port=587)
    unknown = tried("sending")

    assert "No server was found at 192.0.2.1, port 6379." in redis
    assert "No server was found at no-such-host.invalid, port 587." in unknown


def test_t034_a_server_that_is_no_mail_server_is_not_quoted(account, sink, tried, mailbox):
    use(account, sink, smtp_port=mailbox.port)

    said = tried("sending")

    assert "Dovecot" not in said
    assert "IMAP4rev1" not in said


def test_t034_tries_are_few(account, sink, tried):
    use(account, sink)

    said = [tried("sending") for _ in range(11)]

    assert "Too many tries" in said[-1]
    assert "Too many tries" not in said[9]


def test_a_mailbox_that_can_be_read(mailbox, tried):
    assert "The server lets us in, and the folder is there." in tried("incoming")


def test_a_mailbox_without_the_folder(account, mailbox, tried):
    change(account, imap_folder="Nowhere")

    assert "The mailbox has no folder of this name." in tried("incoming")


def test_a_mailbox_with_another_password(account, mailbox, tried):
    account.imap_secret = "wrong"
    account.save()

    assert "refuses the user name, password or token" in tried("incoming")


def test_a_mailbox_behind_a_closed_port(account, mailbox, tried):
    change(account, imap_port=free_port())

    assert "No server answered at 127.0.0.1" in tried("incoming")


def test_a_domain_that_publishes_nothing_is_told_in_words(client, olga, account, settings):
    settings.NAME_SERVERS = ["127.0.0.1#9"]
    client.force_login(olga.user)

    answer = client.post(f"/w/demo/settings/mail/{account.pk}/domain-check")

    assert answer.status_code == 200
    assert "findings" in answer.content.decode()
