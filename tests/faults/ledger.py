"""Senders that write down what they sent and what was acknowledged, and the comparison."""

import hashlib
import random
import smtplib
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import psycopg

from tests.running import Running

TENANTS = ("red", "green", "blue")
BEGIN = """
from answerable.channels.email.models import MailAccount
from answerable.conversations.models import Inbox
from answerable.workspaces.models import Workspace
for slug in {tenants}:
    workspace = Workspace.start(slug, slug)
    for name in ("support", "sales"):
        inbox = Inbox.objects.create(workspace=workspace, name=name)
        address = f"{{name}}@{{slug}}.example"
        MailAccount.objects.create(workspace=workspace, inbox=inbox, address=address)
"""
ADDRESSES = [f"{name}@{slug}.example" for slug in TENANTS for name in ("support", "sales")]


def with_inboxes(running: Running) -> Running:
    """An installation with three workspaces of two inboxes each."""
    running.command("manage", "migrate")
    running.command("manage", "shell", "-c", BEGIN.format(tenants=TENANTS))
    return running


@dataclass
class Ledger:
    """What was sent and acknowledged, by address and the hash of the mail."""

    sent: set[tuple[str, str]] = field(default_factory=set)
    acknowledged: set[tuple[str, str]] = field(default_factory=set)
    refused_for_now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, address: str, raw: bytes) -> None:
        with self._lock:
            getattr(self, kind).add((address, hashlib.sha256(raw).hexdigest()))

    def note_refusal(self) -> None:
        with self._lock:
            self.refused_for_now += 1


@dataclass(frozen=True)
class Figures:
    """What the comparison of a ledger with the database says."""

    lost: int = 0
    doubled: int = 0
    phantom: int = 0
    filed_twice: int = 0
    half_written: int = 0
    acknowledged: int = 0


KEPT = """SELECT address, digest FROM email_mail
JOIN email_mailaccount ON email_mailaccount.id = account_id"""
# One message for a Message-ID and an inbox: the senders here use each once.
SAID = """SELECT inbox_id, message_id FROM conversations_message
JOIN conversations_conversation ON conversations_conversation.id = conversation_id
WHERE kind = 'in'"""
HALVES = (
    """SELECT COUNT(*) FROM conversations_message LEFT JOIN conversations_event
    ON conversations_event.message_id = conversations_message.id
    WHERE conversations_event.id IS NULL""",
    """SELECT COUNT(*) FROM conversations_message LEFT JOIN email_delivery
    ON email_delivery.message_id = conversations_message.id
    WHERE kind = 'out' AND email_delivery.id IS NULL""",
    "SELECT COUNT(*) FROM email_mail WHERE state = 'filed' AND message_id IS NULL",
    """SELECT COUNT(*) FROM conversations_conversation LEFT JOIN conversations_message
    ON conversation_id = conversations_conversation.id
    WHERE conversations_message.id IS NULL""",
)
LEASES_RUN_OUT = """
from answerable.channels.email.models import Mail
Mail.objects.exclude(lease_until=None).update(lease_until="2020-01-01T00:00:00Z")
"""
WAITING = "SELECT COUNT(*) FROM email_mail WHERE state = 'stored'"


def compared(ledger: Ledger, installation: Running) -> Figures:
    kept = Counter(asked(installation, KEPT))
    said = Counter(asked(installation, SAID))
    return Figures(
        lost=len(ledger.acknowledged - kept.keys()),
        doubled=sum(count - 1 for count in kept.values()),
        phantom=len(kept.keys() - ledger.sent),
        filed_twice=sum(count - 1 for count in said.values()),
        half_written=sum(asked(installation, half)[0][0] for half in HALVES),
        acknowledged=len(ledger.acknowledged),
    )


def asked(installation: Running, query: str) -> list[tuple[Any, ...]]:
    """The answer of the database, whichever it is; that of SQLite must be sound."""
    if url := installation.more.get("DATABASE_URL"):
        with psycopg.connect(url) as postgres:
            return postgres.execute(query.encode()).fetchall()
    with closing(sqlite3.connect(installation.data / "answerable.sqlite3", timeout=20)) as sqlite:
        assert sqlite.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return sqlite.execute(query).fetchall()


def let_leases_run_out(installation: Running) -> None:
    """What a killed worker had begun is taken up by another in two minutes; here, now."""
    installation.command("manage", "shell", "-v", "0", "-c", LEASES_RUN_OUT)


def until_all_are_filed(installation: Running, seconds: float = 120) -> None:
    """Nothing is stuck: each mail has become a message, or says why not."""
    wait_until(lambda: asked(installation, WAITING) == [(0,)], seconds)


def wait_until(so: Callable[[], bool], seconds: float = 60) -> None:
    last = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < last, "too late"
        time.sleep(0.05)


def a_mail(chance: random.Random) -> bytes:
    body = "\r\n".join("x" * 70 for _ in range(chance.randrange(3, 400)))
    head = f"From: Carl <carl@customer.example>\r\nMessage-ID: <{chance.random()}@customer.example>"
    return f"{head}\r\nSubject: Lamp\r\n\r\n{body}\r\n".encode()


class Sender(threading.Thread):
    """Sends mails by SMTP or LMTP until it is told to stop, through every interruption."""

    def __init__(self, line: Callable[[], smtplib.SMTP], ledger: Ledger, seed: int) -> None:
        super().__init__(daemon=True)
        self.line = line
        self.ledger = ledger
        self.chance = random.Random(seed)
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            try:
                with self.line() as client:
                    while not self.over.is_set():
                        self.send(client)
            except (OSError, smtplib.SMTPException):
                time.sleep(0.05)

    def send(self, client: smtplib.SMTP) -> None:
        raw, address = a_mail(self.chance), self.chance.choice(ADDRESSES)
        self.ledger.note("sent", address, raw)
        try:
            client.sendmail("carl@customer.example", [address], raw)
        except (smtplib.SMTPDataError, smtplib.SMTPRecipientsRefused):
            self.ledger.note_refusal()
            return
        self.ledger.note("acknowledged", address, raw)

    def stop(self) -> None:
        self.over.set()
        self.join(40)


def senders(installation: Running, ledger: Ledger, count: int) -> list[Sender]:
    """Every other one by LMTP, where the installation listens for it."""
    lines = [partial(smtplib.SMTP, "127.0.0.1", installation.smtp_port, timeout=30)]
    if port := installation.more.get("LMTP_PORT"):
        lines.append(partial(smtplib.LMTP, "127.0.0.1", int(port)))
    started = [Sender(lines[seed % len(lines)], ledger, seed) for seed in range(count)]
    for sender in started:
        sender.start()
    return started
