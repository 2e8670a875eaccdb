"""R05, R06: what is in a mailbox comes in once, whatever happens on the way."""

import json
import threading
import time
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from answerable.channels.email.models import ImapCursor, Mail, MailAccount
from answerable.channels.email.receivers import batches, imap, mailbox
from answerable.channels.email.receivers.batches import Batcher, Overtaken, start_from_now
from answerable.channels.email.receivers.imap import Fetching, fetch_now
from answerable.channels.email.receivers.lease import Lease
from answerable.channels.email.receivers.means import Means
from answerable.channels.email.receivers.service import Fetchers

from .dovecot import Dovecot, mail
from .hostile import Hang, Hostile


@pytest.fixture
def account(support, settings):
    """Fetched from an IMAP server on this machine."""
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    account = support.mail_account
    account.incoming = MailAccount.Incoming.IMAP
    account.imap_host = "127.0.0.1"
    account.imap_security = MailAccount.Security.NONE
    account.imap_user, account.imap_secret = "support", "correct horse"
    account.save()
    return account


def at(account, server):
    account.imap_port = server.port
    account.save()
    return account


@pytest.fixture
def real(account, dovecot):
    return at(account, dovecot)


@pytest.fixture
def hostile(account):
    with Hostile(mails={uid: mail(uid) for uid in range(1, 8)}) as server:
        at(account, server)
        yield server


def raws():
    return sorted(bytes(row.raw) for row in Mail.objects.filter(state="stored"))


def numbered(*numbers):
    return sorted(mail(number) for number in numbers)


def fetch_in_spite(account, times=20):
    """Fetch until nothing goes wrong, as the thread does with its pauses."""
    batcher = Batcher()
    for _ in range(times):
        lease = Lease(account.pk)
        try:
            assert lease.take()
            with Means().open(account) as box:
                while batcher.take_some(account, box, lease):
                    pass
            return
        except imap.Trouble:
            batcher.interrupted()
        finally:
            lease.release()
    pytest.fail("it never went through")


def test_read_and_unread_mails_come_in_once_and_flags_do_not_matter(real, dovecot):
    dovecot.deliver(mail(1), name="one")
    dovecot.deliver(mail(2), name="two", flags="S")
    dovecot.deliver(mail(3), name="three", flags="ST")

    assert fetch_now(real)
    assert fetch_now(real)

    assert raws() == numbered(1, 2, 3)
    real.refresh_from_db()
    assert (real.fetch_error, real.lease_until) == ("", None)
    assert real.fetched_at


def test_what_comes_after_a_long_time_is_fetched_from_the_cursor_on(real, dovecot):
    dovecot.deliver(mail(1), name="one")
    fetch_now(real)
    for number in range(2, 130):
        dovecot.deliver(mail(number), name=f"m{number}", flags="S" if number % 2 else "")

    fetch_now(real)

    assert raws() == numbered(*range(1, 130))


def test_mails_that_are_deleted_or_moved_before_they_are_fetched_stop_nothing(real, dovecot):
    paths = [dovecot.deliver(mail(number), name=f"m{number}") for number in range(1, 6)]
    paths[1].unlink()
    paths[4].unlink()

    fetch_now(real)

    assert raws() == numbered(1, 3, 4)


def test_a_renumbered_mailbox_is_read_again_and_nothing_comes_twice(real, dovecot):
    for number in range(1, 4):
        dovecot.deliver(mail(number), name=f"m{number}")
    fetch_now(real)
    before = ImapCursor.objects.get().uidvalidity
    dovecot.renumber()
    dovecot.deliver(mail(4), name="m4")

    fetch_now(real)

    assert ImapCursor.objects.get().uidvalidity != before
    assert raws() == numbered(1, 2, 3, 4)


def test_what_was_there_before_us_can_be_left_there(real, dovecot):
    dovecot.deliver(mail(1), name="one")
    with Means().open(real) as box:
        start_from_now(real, box, date(2026, 1, 1))
    dovecot.deliver(mail(2), name="two")

    fetch_now(real)

    assert raws() == numbered(2)


def test_a_backlog_comes_in_batches(hostile, account, monkeypatch):
    monkeypatch.setattr(batches, "MAILS_AT_ONCE", 3)

    fetch_now(account)

    fetches = [line for line in hostile.commands if "BODY.PEEK[]" in line]
    assert [line.split()[3] for line in fetches] == ["1,2,3", "4,5,6", "7"]
    assert raws() == numbered(*range(1, 8))


def test_no_command_of_ours_changes_anything_on_the_server(hostile, account):
    fetch_now(account)

    verbs = {line.split()[2 if line.split()[1] == "UID" else 1] for line in hostile.commands}
    assert verbs <= {"CAPABILITY", "LOGIN", "EXAMINE", "SEARCH", "FETCH", "LOGOUT"}
    assert all("PEEK" in line or "SIZE" in line for line in hostile.commands if "FETCH" in line)


@pytest.mark.parametrize(
    "farewell", [b"", b"* BYE going down\r\n", b"* 1 FETCH (UID 1 BODY[] {99}\r\nhalf"]
)
def test_a_connection_that_is_cut_while_fetching_loses_and_doubles_nothing(
    hostile, account, farewell
):
    whole = hostile._fetch
    cuts = iter([True, False, True, True, False, False, True] + [False] * 50)

    def often_cut(tag, rest):
        if "BODY" in rest and next(cuts):
            hostile.last = whole(tag, rest)[:-100] + farewell
            raise Hang(hostile.last)
        return whole(tag, rest)

    hostile.answers["FETCH"] = often_cut
    fetch_in_spite(account)

    assert raws() == numbered(*range(1, 8))


def test_a_mail_that_breaks_every_connection_is_left_and_shown(hostile, account):
    whole = hostile._fetch

    def breaks_at_three(tag, rest):
        if "BODY" in rest and "3" in rest.split()[2].split(","):
            raise Hang
        return whole(tag, rest)

    hostile.answers["FETCH"] = breaks_at_three
    fetch_in_spite(account)

    assert raws() == numbered(1, 2, 4, 5, 6, 7)
    trouble = Mail.objects.in_trouble().get()
    assert "breaks off" in trouble.reason
    assert trouble.next_at is None


def test_a_mail_that_is_too_large_is_left_and_shown_with_its_header(hostile, account, settings):
    settings.MAIL_LIMIT = 5_000
    hostile.mails[3] = mail(3, size=9_000)

    fetch_now(account)

    assert raws() == numbered(1, 2, 4, 5, 6, 7)
    trouble = Mail.objects.in_trouble().get()
    assert b"Subject: Lamp 3" in bytes(trouble.raw)
    assert "larger" in trouble.reason
    assert trouble.size == len(hostile.mails[3])


def test_a_mail_that_the_server_has_but_does_not_give_is_shown(hostile, account):
    whole = hostile._fetch

    def nil_for_two(tag, rest):
        answer = whole(tag, rest)
        if "BODY" not in rest:
            return answer
        raw = mail(2)
        return answer.replace(b"BODY[] {%d}\r\n%s" % (len(raw), raw), b"BODY[] NIL")

    hostile.answers["FETCH"] = nil_for_two
    fetch_now(account)

    assert raws() == numbered(1, 3, 4, 5, 6, 7)
    assert "does not hand it over" in Mail.objects.in_trouble().get().reason


def test_the_cursor_stays_where_it_is_when_mails_cannot_be_kept(hostile, account, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(batches, "keep_of", fail)
        with pytest.raises(OSError, match="disk full"):
            fetch_now(account)
    assert not Mail.objects.exists()

    fetch_now(account)
    assert raws() == numbered(*range(1, 8))


def test_while_one_fetches_another_does_not(hostile, account):
    lease = Lease(account.pk)
    assert lease.take()

    assert not fetch_now(account)
    lease.release()
    assert fetch_now(account)


def test_who_was_overtaken_keeps_nothing(hostile, account):
    slow, quick = Lease(account.pk), Lease(account.pk)
    slow.take()
    with Means().open(account) as box:
        batcher, whole = Batcher(), box.mails

        def overtaken(uids, *, bound):
            MailAccount.objects.update(lease_until=timezone.now())
            quick.take()
            with Means().open(account) as other:
                Batcher().take_some(account, other, quick)
            quick.release()
            return whole(uids, bound=bound)

        box.mails = overtaken
        with pytest.raises(Overtaken):
            batcher.take_some(account, box, slow)

    assert raws() == numbered(*range(1, 8))


def test_trouble_is_told_in_words(account, hostile, dovecot):
    hostile.answers["LOGIN"] = lambda tag, _: f"{tag} NO secret banner 10.0.0.1\r\n".encode()
    fetching = Fetching(account.pk)
    fetching._pause = 0

    fetching._attempt(Lease(account.pk))

    account.refresh_from_db()
    assert account.fetch_error == "The server refuses the user name, password or token."


def test_a_line_break_in_any_setting_is_refused_at_use(hostile, account):
    account.imap_folder = "INBOX\r\nX9 DELETE Sent"
    with pytest.raises(mailbox.NotPlain):
        fetch_now(account)
    assert hostile.commands == []


def until(what, seconds=10):
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.02)
    assert what()


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_here_soon_after_it_came_and_the_thread_stops_at_once(real, dovecot):
    fetchers, over = Fetchers(), threading.Event()
    looking = threading.Thread(target=fetchers.run, args=(over,))
    looking.start()
    for number in (1, 2):
        dovecot.deliver(mail(number), name=f"m{number}")
        until(lambda number=number: Mail.objects.count() == number)

    began = time.monotonic()
    over.set()
    looking.join(10)

    assert time.monotonic() - began < 5
    assert raws() == numbered(1, 2)
    assert MailAccount.objects.get().lease_until is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_button_at_once_bring_each_mail_once(real, dovecot, monkeypatch):
    monkeypatch.setattr(batches, "MAILS_AT_ONCE", 5)
    monkeypatch.setattr(imap, "SECONDS_TO_IDLE", 0.1)
    workers = [Fetching(real.pk) for _ in range(2)]
    for number in range(1, 61):
        dovecot.deliver(mail(number), name=f"m{number}")
    for worker in workers:
        worker.start()
    try:
        until(lambda: fetch_now(real) or Mail.objects.count() == 60)
        until(lambda: Mail.objects.count() == 60)
    finally:
        for worker in workers:
            worker.stop()
            worker.join(10)

    assert raws() == numbered(*range(1, 61))
    assert all(a != b for a, b in pairwise(raws()))


@pytest.fixture
def provider():
    """A provider's token address, and the address where the mail server asks about a token."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.server.asked.append(asked)
            self._answer({"access_token": "good", "expires_in": 3600, "refresh_token": "second"})

        def do_GET(self):
            is_good = self.path.endswith("good")
            self._answer({"email": "support"} if is_good else {"error": "invalid"})

        def _answer(self, told):
            self.send_response(400 if "error" in told else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_mailbox_is_opened_with_a_token_that_is_asked_for_once(account, provider, certificate):
    url = f"http://127.0.0.1:{provider.server_port}"
    server = Dovecot.start(certificate, tokeninfo=f"{url}/about?token=")
    try:
        server.deliver(mail(1), name="one")
        at(account, server)
        account.imap_auth, account.oauth_token_url = MailAccount.Auth.XOAUTH2, f"{url}/token"
        account.oauth_client, account.oauth_refresh = "us", "first"
        account.save()
        means = Means()

        assert fetch_now(account, means)
        assert fetch_now(account, means)
    finally:
        server.stop()

    assert raws() == numbered(1)
    (asked,) = provider.asked
    assert (asked["grant_type"], asked["refresh_token"]) == (["refresh_token"], ["first"])
    assert MailAccount.objects.get().oauth_refresh == "second"
