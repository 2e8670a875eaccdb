"""R07, R09: the same mail by every way at once, Message-IDs that are absent, borrowed or monstrous,
and mails of conversations that were deleted."""

import random
import smtplib
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from answerable.channels.email.receivers.tests.dovecot import Dovecot
from tests.faults.ledger import Ledger, a_mail, asked, until_all_are_filed, wait_until, with_inboxes
from tests.servers import free_port

pytestmark = pytest.mark.faults

SUPPORT, SALES = "support@red.example", "sales@red.example"
FETCH = """
from answerable.channels.email.models import MailAccount
account = MailAccount.objects.get(address="support@red.example")
account.incoming, account.imap_host, account.imap_port = "imap", "127.0.0.1", {port}
account.imap_security, account.imap_user, account.imap_secret = "none", "support", "correct horse"
account.save()
"""
DELETE = """
from answerable.conversations.models import Conversation
print(Conversation.objects.all().delete())
"""
OF_SUBJECT = """SELECT COUNT(*) FROM conversations_message
WHERE kind = 'in' AND subject = '{subject}'"""


@pytest.fixture
def dovecot():
    server = Dovecot.start()
    yield server
    server.stop()


@pytest.fixture
def everywhere(installation, dovecot):
    """Takes mail by SMTP, LMTP, IMAP and a pipe."""
    installation.more = {"LMTP_PORT": str(free_port()), "PRIVATE_HOSTS": "127.0.0.1"}
    with_inboxes(installation)
    installation.command("manage", "shell", "-c", FETCH.format(port=dovecot.port))
    return installation.start()


def mail(subject, *, message_id=b"", body=b"It is dark.", trace=b""):
    head = b"From: Carl <carl@customer.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n"
    named = b"Message-ID: " + message_id + b"\r\n" if message_id else b""
    return trace + head + named + f"Subject: {subject}\r\n\r\n".encode() + body + b"\r\n"


def by_smtp(installation, raw, to=SUPPORT):
    with smtplib.SMTP("127.0.0.1", installation.smtp_port, timeout=30) as client:
        client.sendmail("carl@customer.example", [to], raw)


def by_lmtp(installation, raw, to=SUPPORT):
    with smtplib.LMTP("127.0.0.1", int(installation.more["LMTP_PORT"])) as client:
        client.sendmail("carl@customer.example", [to], raw)


def by_pipe(installation, raw, to=SUPPORT):
    words = [*installation.program, "take-in", "--inbox", to]
    subprocess.run(words, input=raw, env=installation.environ, check=True, capture_output=True)


def messages(installation, subject):
    return asked(installation, OF_SUBJECT.format(subject=subject))[0][0]


def test_r07_one_mail_by_four_ways_at_once_is_one_message(everywhere, dovecot):
    ways = [by_smtp, by_lmtp, by_pipe, lambda _installation, raw: dovecot.deliver(raw, name="m")]
    with ThreadPoolExecutor(12) as pool:
        for number, way in enumerate(ways * 3):
            trace = f"Received: from way{number} by mx.example; Tue, 24 Nov 2026\r\n".encode()
            raw = mail("Lamp", message_id=b"<1@customer.example>", trace=trace)
            pool.submit(way, everywhere, raw)

    wait_until(lambda: asked(everywhere, "SELECT COUNT(*) FROM email_mail") >= [(10,)])
    until_all_are_filed(everywhere)
    assert messages(everywhere, "Lamp") == 1


def test_r07_each_odd_message_id_makes_as_many_messages_as_there_are_mails(everywhere):
    cases = {
        "none": [mail("none"), mail("none")],
        "none, other words": [mail("none, other words", body=each) for each in (b"a", b"b")],
        "borrowed": [mail("borrowed", message_id=b"<2@x>", body=each) for each in (b"a", b"b")],
        "long": [mail("long", message_id=b"<" + b"a" * 10_000 + b"@x>")] * 2,
        "eight bits": [mail("eight bits", message_id=b"<\xe4\xf6\xff\xfe@x>")] * 2,
        "nothing": [mail("nothing", message_id=b"<a\0b@x>")] * 2,
        "empty": [mail("empty", message_id=b"<>")] * 2,
    }
    for number, raw in enumerate(raw for mails in cases.values() for raw in mails):
        way = (by_smtp, by_lmtp)[number % 2]
        way(everywhere, b"X-Way: %d\r\n" % number + raw)
    for to in (SUPPORT, SALES):
        by_smtp(everywhere, mail("two inboxes", message_id=b"<3@x>"), to)
    until_all_are_filed(everywhere)

    found = {subject: messages(everywhere, subject) for subject in (*cases, "two inboxes")}
    twice = {"none, other words", "borrowed", "two inboxes"}
    assert found == {subject: 2 if subject in twice else 1 for subject in found}


def test_r09_a_deleted_conversation_does_not_come_back_with_its_mail(everywhere, dovecot):
    raw, ledger = a_mail(random.Random(9)), Ledger()
    ledger.note("sent", SUPPORT, raw)
    by_smtp(everywhere, raw)
    until_all_are_filed(everywhere)
    assert messages(everywhere, "Lamp") == 1
    everywhere.command("manage", "shell", "-v", "0", "-c", DELETE)

    for trace in (b"", b"Received: from elsewhere by mx.example; Tue, 24 Nov 2026\r\n"):
        for way in (by_smtp, by_lmtp, by_pipe):
            way(everywhere, trace + raw)
        dovecot.deliver(trace + raw, name=f"m{len(trace)}")
    seen = partial(asked, everywhere, "SELECT MAX(last_uid) FROM email_imapcursor")
    wait_until(lambda: seen() >= [(2,)])
    until_all_are_filed(everywhere)

    assert messages(everywhere, "Lamp") == 0
    assert asked(everywhere, "SELECT COUNT(*) FROM conversations_conversation") == [(0,)]
