"""R01, R02, R04, R10, R25: mail that comes in while everything goes wrong.

Lost after acknowledgement, kept twice, filed twice, phantom: each of them 0.
"""

import random
import re
import resource
import shutil
import smtplib
import sqlite3
import subprocess
import time
from functools import partial
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.faults.ledger import (
    ADDRESSES,
    Figures,
    Ledger,
    a_mail,
    asked,
    compared,
    let_leases_run_out,
    senders,
    until_all_are_filed,
    wait_until,
    with_inboxes,
)
from tests.servers import free_port

pytestmark = pytest.mark.faults


def nothing_wrong(ledger):
    return Figures(acknowledged=len(ledger.acknowledged))


def killed_again_and_again(installation, times):
    """Send from eight lines, and kill the process at random while it takes in and files; the
    slowest come-back in seconds."""
    installation.more = {"LMTP_PORT": str(free_port())}
    installation, ledger = with_inboxes(installation).start(), Ledger()
    chance, slowest = random.Random(times), 0.0
    sending = senders(installation, ledger, 8)
    for _ in range(times):
        time.sleep(chance.uniform(0, 1.5))
        installation.kill()
        began = time.monotonic()
        installation.start()
        slowest = max(slowest, time.monotonic() - began)
    for sender in sending:
        sender.stop()
    let_leases_run_out(installation)
    until_all_are_filed(installation, 120 + times)
    installation.stop()
    return ledger, slowest


@pytest.mark.parametrize("times", [4, pytest.param(300, marks=pytest.mark.slow)])
def test_r01_nothing_that_was_acknowledged_is_lost_by_kill_9(installation, times):
    ledger, slowest = killed_again_and_again(installation, times)

    assert compared(ledger, installation) == nothing_wrong(ledger)
    assert len(ledger.acknowledged) > 20 * times
    assert slowest < 10


@pytest.mark.slow
def test_r02_every_250_has_an_fsync_between_it_and_the_last_byte(installation, tmp_path):
    assert shutil.which("strace"), "Install strace."
    installation, ledger = with_inboxes(installation).start(), Ledger()
    calls = "trace=fsync,fdatasync,read,recvfrom,write,sendto,writev,sendmsg"
    words = ["strace", "-f", "-y", "-s", "40", "-e", calls, "-o", str(tmp_path / "trace")]
    tracing = subprocess.Popen([*words, "-p", str(installation.process.pid)])
    time.sleep(1)

    sending = senders(installation, ledger, 8)
    while len(ledger.acknowledged) < 1000:
        time.sleep(0.05)
    for sender in sending:
        sender.stop()
    tracing.terminate()
    tracing.wait()

    acknowledgements, without = acknowledged_without_sync(tmp_path / "trace")
    assert acknowledgements >= 1000
    assert without == 0


def acknowledged_without_sync(trace):
    """How many mails were acknowledged, and how many of them with no sync since their last byte."""
    last_read, last_sync, acknowledged, without = {}, -1, 0, 0
    for number, line in enumerate(trace.read_text(errors="replace").splitlines()):
        if re.search(r"f(data)?sync(\(.*\)| resumed>.*) += 0", line):
            last_sync = number
        elif told := re.search(r"(?:read|recvfrom)\((\d+)<[^>]*(?:TCP|socket)", line):
            last_read[told[1]] = number
        elif told := re.search(r"(?:write|writev|sendto|sendmsg)\((\d+)<.*250 2\.0\.0 Kept", line):
            acknowledged += 1
            read = last_read.pop(told[1], None)
            without += read is None or last_sync < read
    return acknowledged, without


def test_r04_each_recipient_of_lmtp_is_answered_for_itself(installation):
    installation.more = {"LMTP_PORT": str(free_port())}
    with_inboxes(installation).start()
    ledger, chance = Ledger(), random.Random(4)

    for _ in range(4):
        raw, recipients = a_mail(chance), chance.sample(ADDRESSES, 5)
        for address in recipients:
            ledger.note("sent", address, raw)
        kill = partial(kill_after, installation, chance.uniform(0, 0.02))
        unanswered = deliver(installation, ledger, raw, recipients, kill)
        installation.start()
        assert deliver(installation, ledger, raw, unanswered, lambda: None) == []
    installation.stop()

    assert compared(ledger, installation) == nothing_wrong(ledger)
    assert len(ledger.acknowledged) == 20


def kill_after(installation, seconds):
    time.sleep(seconds)
    installation.kill()


def deliver(installation, ledger, raw, recipients, meanwhile):
    """Hand over a mail; who of its recipients has no answer of ours. (smtplib reads one alone.)"""
    client = smtplib.LMTP("127.0.0.1", int(installation.more["LMTP_PORT"]))
    unanswered = list(recipients)
    try:
        client.ehlo("mx.example")
        client.mail("carl@customer.example")
        for address in recipients:
            client.rcpt(address)
        client.putcmd("data")
        client.getreply()
        client.send(raw + b".\r\n")
        meanwhile()
        while unanswered and client.getreply()[0] == 250:
            ledger.note("acknowledged", unanswered.pop(0), raw)
    except (smtplib.SMTPServerDisconnected, ConnectionError):
        pass
    finally:
        client.close()
    return unanswered


@pytest.mark.slow
def test_r10_while_others_hold_the_database_senders_are_told_to_come_again(installation):
    with_inboxes(installation).start()
    raw = a_mail(random.Random(10))
    holding = sqlite3.connect(installation.data / "answerable.sqlite3")

    with smtplib.SMTP("127.0.0.1", installation.smtp_port) as client:
        holding.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        with pytest.raises(smtplib.SMTPDataError, match="451"):
            client.sendmail("carl@customer.example", ADDRESSES[:1], raw)
        assert time.monotonic() - began < 30
        holding.rollback()
        client.sendmail("carl@customer.example", ADDRESSES[:1], raw)


PAGES = ("/w/red/", "/w/red/lists/open", "/w/red/conversations/1")
HAS_RED = """SELECT COUNT(*) FROM conversations_conversation
JOIN workspaces_workspace ON workspaces_workspace.id = workspace_id
WHERE slug = 'red' AND number = 1"""
ENTER = """
from django.conf import settings
from django.test import Client
from answerable.workspaces.models import Member, User, Workspace
red = Workspace.objects.get(slug="red")
user = User.objects.create_user("ada@red.example", "a-long-enough-password", name="Ada")
Member.objects.create(workspace=red, user=user, role=red.roles.get(key="owner"), display_name="Ada")
client = Client()
client.force_login(user)
name = settings.SESSION_COOKIE_NAME
print(f"{name}={client.cookies[name].value}")
"""


def entered(installation):
    """The cookie of a browser in which a member has signed in."""
    return installation.command("manage", "shell", "-v", "0", "-c", ENTER).split()[-1]


def statuses(installation, cookie):
    found = {}
    for page in PAGES:
        try:
            request = Request(installation.url + page, headers={"Cookie": cookie})
            found[page] = urlopen(request, timeout=30).status
        except HTTPError as refused:
            found[page] = refused.code
    return found


def test_r25_a_full_disk_means_come_again_and_ends_by_itself(installation):
    with_inboxes(installation).start()
    ledger, pid, cookie = Ledger(), installation.process.pid, entered(installation)
    sending = senders(installation, ledger, 4)
    wait_until(lambda: asked(installation, HAS_RED) == [(1,)])

    assert statuses(installation, cookie) == dict.fromkeys(PAGES, 200)

    # No file of the process may grow: to SQLite it is a disk without room.
    limit = resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    refused = ledger.refused_for_now
    wait_until(lambda: ledger.refused_for_now > refused + 20)
    assert statuses(installation, cookie) == dict.fromkeys(PAGES, 200)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
    before = len(ledger.acknowledged)
    wait_until(lambda: len(ledger.acknowledged) > before + 20)
    for sender in sending:
        sender.stop()
    let_leases_run_out(installation)
    installation.stop()

    assert compared(ledger, installation) == nothing_wrong(ledger)
