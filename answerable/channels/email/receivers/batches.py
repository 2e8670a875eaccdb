"""From an open mailbox into the database, batch by batch, each with its cursor in one commit."""

import logging
from collections import deque
from collections.abc import Mapping
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from answerable.channels.email.arrival import Arrival, ReceivedBy
from answerable.channels.email.models import ImapCursor, Mail, MailAccount
from answerable.channels.email.receivers.lease import Lease
from answerable.channels.email.receivers.mailbox import Mailbox
from answerable.channels.email.store import be_durable, keep_of

log = logging.getLogger("answerable.mail")

MAILS_AT_ONCE: Final = 50
BYTES_AT_ONCE: Final = 16 * 1024 * 1024
LARGEST_HEAD: Final = 1024 * 1024
MOST_INTERRUPTIONS: Final = 5


class Overtaken(Exception):
    """Another worker has moved the cursor, so that nothing of this batch may be kept."""


class Batcher:
    """Takes what is beyond the cursor. Remembers what it was at when the connection broke.

    A mail that breaks every connection is fetched alone, and after some attempts left on the
    server, with a row that says so: it must not stop those behind it (R08).
    """

    def __init__(self) -> None:
        self._at: list[int] = []
        self._alone_until = 0
        self._interruptions = 0
        self._sizes: deque[tuple[int, int]] = deque()
        self._box: Mailbox | None = None

    def interrupted(self) -> None:
        """The connection broke; whatever was being fetched is under suspicion."""
        if self._at:
            self._interruptions += 1 if len(self._at) == 1 else 0
            self._alone_until = max(self._alone_until, self._at[-1])
            self._at = []

    def take_some(self, account: MailAccount, box: Mailbox, lease: Lease) -> bool:
        """Take the next batch; False when there is nothing beyond the cursor."""
        cursor = cursor_of(account, box)
        sizes = self._next(box, cursor)
        if not sizes:
            return False
        self._at = list(sizes)
        mails, troubles = self._fetched(box, sizes)
        if not lease.take():
            raise Overtaken
        be_durable()
        with transaction.atomic(durable=True):
            move(cursor, self._at[-1])
            arrivals = [arrival_of(account, mails[uid]) for uid in self._at if uid in mails]
            keep_of(account, arrivals)
            for uid, (raw, reason) in troubles.items():
                note_trouble(account, raw, reason, size=sizes[uid])
        self._at = []
        self._interruptions = 0
        return True

    def _next(self, box: Mailbox, cursor: ImapCursor) -> dict[int, int]:
        """The UIDs and sizes of the next batch."""
        if self._box is not box:
            self._box, self._sizes = box, deque()
        while self._sizes and self._sizes[0][0] <= cursor.last_uid:
            self._sizes.popleft()
        if not self._sizes:
            uids = box.uids_after(cursor.last_uid)
            self._sizes.extend(box.sizes(uids).items())
            if uids and not self._sizes:
                move(cursor, uids[-1])
                return self._next(box, cursor)
        return self._cut()

    def _cut(self) -> dict[int, int]:
        batch: dict[int, int] = {}
        while self._sizes and len(batch) < MAILS_AT_ONCE:
            uid, size = self._sizes[0]
            alone = size > settings.MAIL_LIMIT or uid <= self._alone_until
            if batch and (alone or sum(batch.values()) + size > BYTES_AT_ONCE):
                break
            batch[uid] = size
            self._sizes.popleft()
            if alone:
                break
        return batch

    def _fetched(
        self, box: Mailbox, sizes: Mapping[int, int]
    ) -> tuple[dict[int, bytes], dict[int, tuple[bytes, str]]]:
        """The mails, and those that cannot be taken with the reason."""
        uids = list(sizes)
        if len(uids) == 1 and self._interruptions >= MOST_INTERRUPTIONS:
            self._interruptions = 0
            return {}, {uids[0]: (b"", "The mail server breaks off whenever it hands it over.")}
        if sizes[uids[0]] > settings.MAIL_LIMIT:
            head = box.head(uids[0], bound=LARGEST_HEAD)
            return {}, {uids[0]: (head, f"It is larger than {megabytes(settings.MAIL_LIMIT)}.")}
        mails = box.mails(uids, bound=2 * sum(sizes.values()))
        absent = [uid for uid in uids if uid not in mails]
        still_there = box.sizes(absent) if absent else {}
        reason = "The mail server does not hand it over."
        return mails, dict.fromkeys(still_there, (b"", reason))


def cursor_of(account: MailAccount, box: Mailbox) -> ImapCursor:
    """Where to go on. A renumbered mailbox is read again; what we have is known by its bytes."""
    folder = box.way.folder
    cursor, _ = ImapCursor.objects.get_or_create(
        account=account, folder=folder, defaults={"uidvalidity": box.uidvalidity}
    )
    if cursor.uidvalidity != box.uidvalidity:
        old = {"uidvalidity": cursor.uidvalidity, "last_uid": cursor.last_uid}
        new = {"uidvalidity": box.uidvalidity, "last_uid": 0}
        if not ImapCursor.objects.filter(pk=cursor.pk, **old).update(**new):
            raise Overtaken
        cursor.uidvalidity, cursor.last_uid = box.uidvalidity, 0
    box.since = cursor.since
    return cursor


def move(cursor: ImapCursor, uid: int) -> None:
    """Only from where we found it: of two workers at once, one keeps its batch."""
    was = {"uidvalidity": cursor.uidvalidity, "last_uid": cursor.last_uid}
    rows = ImapCursor.objects.filter(pk=cursor.pk, **was)
    if not rows.update(last_uid=uid, updated_at=timezone.now()):
        raise Overtaken
    cursor.last_uid = uid


def start_from_now(account: MailAccount, box: Mailbox, today: date) -> None:
    """Leave the mails that are in the mailbox already where they are."""
    ImapCursor.objects.update_or_create(
        account=account,
        folder=box.way.folder,
        defaults={
            "uidvalidity": box.uidvalidity,
            "last_uid": max(box.uidnext - 1, 0),
            "since": today,
        },
    )


def arrival_of(account: MailAccount, raw: bytes) -> Arrival:
    return Arrival(raw, "", (account.address,), ReceivedBy.IMAP)


def note_trouble(account: MailAccount, raw: bytes, reason: str, *, size: int) -> None:
    """A row for a mail that stays on the server, so that somebody sees it."""
    Mail.objects.create(
        workspace_id=account.workspace_id,
        account=account,
        received_by=Mail.By.IMAP,
        recipient=account.address,
        state=Mail.State.FAILED,
        reason=reason,
        raw=raw,
        size=size,
        next_at=None,
    )
    log.warning("a mail for %s was left on the server: %s", account.address, reason)


def megabytes(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"
