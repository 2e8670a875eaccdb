"""Senders that write down what they sent and what was acknowledged, and the comparison."""

import hashlib
import random
import smtplib
import sqlite3
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

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

    lost: int
    doubled: int
    phantom: int
    filed_twice: int
    acknowledged: int


def compared(ledger: Ledger, data: Path) -> Figures:
    with sqlite3.connect(data / "answerable.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = database.execute(
            "SELECT address, digest, fingerprint FROM email_mail"
            " JOIN email_mailaccount ON email_mailaccount.id = account_id"
        ).fetchall()
    kept = Counter((address, digest) for address, digest, _ in rows)
    filed = Counter((address, mark) for address, _, mark in rows if mark)
    return Figures(
        lost=len(ledger.acknowledged - kept.keys()),
        doubled=sum(count - 1 for count in kept.values()),
        phantom=len(kept.keys() - ledger.sent),
        filed_twice=sum(count - 1 for count in filed.values()),
        acknowledged=len(ledger.acknowledged),
    )


def a_mail(chance: random.Random) -> bytes:
    body = "\r\n".join("x" * 70 for _ in range(chance.randrange(3, 400)))
    head = f"From: Carl <carl@customer.example>\r\nMessage-ID: <{chance.random()}@customer.example>"
    return f"{head}\r\nSubject: Lamp\r\n\r\n{body}\r\n".encode()


class Sender(threading.Thread):
    """Sends mails by SMTP until it is told to stop, through every interruption."""

    def __init__(self, port: int, ledger: Ledger, seed: int) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.ledger = ledger
        self.chance = random.Random(seed)
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            try:
                with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
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


def senders(port: int, ledger: Ledger, count: int) -> list[Sender]:
    started = [Sender(port, ledger, seed) for seed in range(count)]
    for sender in started:
        sender.start()
    return started
