"""Looking, fetching and waiting, with a real Dovecot and with a hostile server."""

import imaplib
import os
import ssl
import threading
import time
from contextlib import contextmanager

import pytest

from answerable.channels.email.receivers.mailbox import (
    Broken,
    Mailbox,
    NotPlain,
    Security,
    Unwelcome,
    Way,
)
from answerable.kit.web import NoWay

from .dovecot import mail
from .hostile import Hostile


@pytest.fixture(autouse=True)
def _we_may_connect_to_this_machine(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]


@pytest.fixture
def bell():
    """A pipe that ends a wait when something is written to it."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def way_to(server, **changes):
    given = {"user": "support", "password": "correct horse", "security": Security.NONE}
    return Way(host="127.0.0.1", port=server.port, **{**given, **changes})


TOO_TALKATIVE = pytest.raises(imaplib.IMAP4.abort, match="more than was asked for")


def opened(server, **changes):
    return Mailbox(way_to(server, **changes))


@contextmanager
def hostile(**answers):
    with Hostile(answers={name.upper(): answer for name, answer in answers.items()}) as server:
        server.mails = {1: mail(1), 2: mail(2)}
        yield server


def test_mails_are_fetched_as_they_are_and_flags_stay(dovecot):
    dovecot.deliver(mail(1), name="one")
    dovecot.deliver(mail(2), name="two", flags="S")

    with opened(dovecot) as mailbox:
        uids = mailbox.uids_after(0)
        mails = mailbox.mails(uids, bound=10_000)
        sizes = mailbox.sizes(uids)

    assert sorted(mails.values()) == sorted([mail(1), mail(2)])
    assert sizes == {uid: len(raw) for uid, raw in mails.items()}
    assert len(list(dovecot.maildir.glob("new/*"))) + len(list(dovecot.maildir.glob("cur/*S"))) == 2


def test_what_is_not_beyond_the_cursor_is_not_named(dovecot):
    dovecot.deliver(mail(1), name="one")

    with opened(dovecot) as mailbox:
        (uid,) = mailbox.uids_after(0)
        assert mailbox.uids_after(uid) == []
        dovecot.deliver(mail(2), name="two")
        mailbox.wait(5, os.pipe()[0])
        assert mailbox.uids_after(uid) == [uid + 1]


def test_idle_ends_when_a_mail_comes_and_when_the_bell_rings(dovecot, bell):
    read, write = bell
    with opened(dovecot) as mailbox:
        threading.Timer(0.2, dovecot.deliver, [mail(1)], {"name": "one"}).start()
        began = time.monotonic()
        mailbox.wait(20, read)
        assert mailbox.uids_after(0)

        threading.Timer(0.2, os.write, [write, b"!"]).start()
        mailbox.wait(20, read)
        assert time.monotonic() - began < 10


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_tls_in_both_ways_and_never_without_trust(dovecot, trusting, security):
    port = dovecot.tls_port if security == Security.TLS else dovecot.port
    way = Way("127.0.0.1", port, "support", security, password="correct horse")

    with Mailbox(way, tls=trusting) as mailbox:
        assert mailbox.uids_after(0) == []
    with pytest.raises(ssl.SSLCertVerificationError):
        Mailbox(way)


def test_a_wrong_password_is_told_apart(dovecot):
    with pytest.raises(Unwelcome):
        Mailbox(way_to(dovecot, password="wrong"))


@pytest.mark.parametrize("evil", ["INBOX\r\nX9 DELETE Sent", "INBOX\x00", "a\nb", "\x7f", "\u2028"])
@pytest.mark.parametrize("argument", ["user", "password", "folder", "token", "host"])
def test_no_argument_becomes_a_command(evil, argument):
    with hostile() as server, pytest.raises(NotPlain):
        Mailbox(Way(**{"host": "127.0.0.1", "port": server.port, "user": "x", argument: evil}))
    assert server.commands == []


@pytest.mark.parametrize("folder", ['IN"BOX', "IN\\BOX", "{5}", "Entwürfe", "A (LITERAL) *"])
def test_strange_names_stay_one_command(folder):
    with hostile() as server, Mailbox(way_to(server, folder=folder, user='a"b {3}')):
        pass
    names = [command.split()[1] for command in server.commands]
    assert [name for name in names if name not in {"CAPABILITY", "LOGOUT"}] == ["LOGIN", "EXAMINE"]


def test_a_literal_beyond_all_bounds_is_not_read():
    def huge(tag, rest):
        return b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n"

    with hostile(fetch=huge) as server, opened(server) as mailbox, TOO_TALKATIVE:
        mailbox.mails([1], bound=10_000)


def test_endless_talk_is_ended():
    def endless(tag, rest):
        return b"* OK still here, and much to say\r\n" * 300_000

    with hostile(search=endless) as server, opened(server) as mailbox, TOO_TALKATIVE:
        mailbox.uids_after(5)


def test_uids_that_were_not_asked_for_and_mails_without_body_are_left_out():
    def strange(tag, rest):
        items = b"* 9 FETCH (UID 99 BODY[] {2}\r\nhi)\r\n* 1 FETCH (UID 1 BODY[] NIL)\r\n"
        return items + b"* 2 FETCH (FLAGS (\\Seen))\r\n" + tag.encode() + b" OK done\r\n"

    with hostile(fetch=strange) as server, opened(server) as mailbox:
        assert mailbox.mails([1, 2], bound=10_000) == {}


@pytest.mark.parametrize(
    "cut", [b"", b"* 1 FETCH (UID 1 BODY[] {500}\r\nhalf", b"* BYE going down\r\n", b"* \xff {\r\n"]
)
def test_every_broken_answer_is_one_kind_of_trouble(cut, monkeypatch):
    monkeypatch.setattr("answerable.channels.email.receivers.mailbox.SECONDS", 0.2)
    with hostile(fetch=lambda *_: cut) as server, opened(server) as mailbox, pytest.raises(Broken):
        mailbox.mails([1], bound=10_000)


def test_sparse_uids_are_found_without_counting_up_to_them():
    with hostile() as server:
        server.mails = {3_000_000_000: mail(1), 3_000_000_001: mail(2)}
        with opened(server) as mailbox:
            assert mailbox.uids_after(0) == [3_000_000_000, 3_000_000_001]
    assert len(server.commands) < 40


def test_a_private_host_is_refused_unless_the_operator_allows_it(settings):
    settings.PRIVATE_HOSTS = []

    with hostile() as server, pytest.raises(NoWay):
        opened(server)
    assert server.commands == []
