"""Mails made durable, many with one commit, before anybody is told that they were taken.

receivers ─▶ put ─▶ Bursts ─▶ keep ── commit ──▶ outcome for each recipient
                                │
                                └─▶ one row for each account: its worker reads it later
"""

import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address
from typing import Self

from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    connection,
    transaction,
)

from answerable.channels.email.arrival import Arrival, Fate, Outcome
from answerable.channels.email.insertion import insert
from answerable.channels.email.models import Mail, MailAccount
from answerable.channels.email.models.account import Taker
from answerable.kit.bursts import Bursts, Stopped
from answerable.kit.due import wake

log = logging.getLogger("answerable.mail")

Outcomes = dict[str, Outcome]

# How long others may hold the database until a sender is told to come again.
SECONDS_TO_WAIT = 10.0

# The connection of each thread that was made durable already.
_durable = threading.local()


class MailStore:
    """One writer for all receivers of a process."""

    def __init__(self) -> None:
        self._bursts: Bursts[Arrival, Outcomes] = Bursts(
            write, name="mail store", coming=lambda: self.coming, at_the_end=hang_up
        )
        self.coming = 0

    def start(self) -> Self:
        self._bursts.start()
        return self

    def stop(self) -> None:
        self._bursts.stop()

    @property
    def waiting(self) -> int:
        return self._bursts.weight

    async def put(self, arrival: Arrival) -> Mapping[str, Outcome]:
        """Durable when it returns; `later` for all recipients when the database is away."""
        try:
            return await self._bursts.put(arrival, weight=len(arrival.raw))
        except (DatabaseError, InterfaceError, OSError, Stopped):
            return dict.fromkeys(arrival.recipients, Outcome(Fate.LATER))


def write(arrivals: Sequence[Arrival]) -> list[Outcomes]:
    """Keep them in one durable transaction. What the database raises, this raises."""
    try:
        be_durable()
        with transaction.atomic(durable=True):
            return keep(arrivals)
    except (DatabaseError, InterfaceError, OSError) as problem:
        log.error("%d mails could not be kept: %s", len(arrivals), problem)
        hang_up()
        raise


def hang_up() -> None:
    """Close the connection of the thread that calls."""
    if not connection.in_atomic_block:
        connection.close()


def be_durable() -> None:
    """Commits on this connection reach the disk before they return, and give up in time."""
    if connection.in_atomic_block:
        return  # too late, and in tests alone: `durable` sees to that
    connection.ensure_connection()
    if getattr(_durable, "line", None) is connection.connection:
        return
    wait = f"{SECONDS_TO_WAIT * 1000:.0f}"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute(f"PRAGMA busy_timeout = {wait}")
        else:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [wait])
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'on', false)"
                " WHERE current_setting('synchronous_commit') = 'off'"
            )
    _durable.line = connection.connection


def keep(arrivals: Sequence[Arrival]) -> list[Outcomes]:
    """One row for each account that a mail is for. Call it inside a transaction.

    The same bytes for the same account are kept once: a sender that did not hear our answer
    comes again, and so does a mailbox that was renumbered.
    """
    takers = MailAccount.objects.takers({to for each in arrivals for to in each.recipients})
    sheet = _Sheet()
    places = [
        {to: sheet.place(arrival, takers.get(to), to) for to in arrival.recipients}
        for arrival in arrivals
    ]
    sheet.write()
    return [{to: sheet.outcome(place) for to, place in each.items()} for each in places]


def keep_of(account: MailAccount, arrivals: Iterable[Arrival]) -> list[Outcome]:
    """The same for mails whose account is known, in the order given."""
    sheet = _Sheet()
    taker = Taker(account.pk, account.workspace_id)
    places = [sheet.place(arrival, taker, account.address) for arrival in arrivals]
    sheet.write()
    return [sheet.outcome(place) for place in places]


Place = tuple[int, str]


@dataclass
class _Sheet:
    """The rows that one transaction writes, by account and digest."""

    rows: dict[Place, Mail] = field(default_factory=dict)

    def place(self, arrival: Arrival, taker: Taker | None, to: str) -> Place | None:
        if taker is None:
            return None
        place = (taker.account_id, sha256(arrival.raw).hexdigest())
        if place not in self.rows:
            self.rows[place] = row_of(arrival, taker, to, digest=place[1])
        return place

    def write(self) -> None:
        if not self.rows:
            return
        try:
            with transaction.atomic():
                insert(list(self.rows.values()))
        except (IntegrityError, DataError, ValueError):
            self._write_one_by_one()
        wake(Mail)

    def outcome(self, place: Place | None) -> Outcome:
        if place is None:
            return Outcome(Fate.UNKNOWN)
        pk = self.rows[place].pk
        return Outcome(Fate.STORED, pk) if pk else Outcome(Fate.LATER)

    def _know_again(self) -> None:
        accounts, digests = {account for account, _ in self.rows}, [d for _, d in self.rows]
        kept = Mail.objects.filter(account__in=accounts, digest__in=digests)
        for pk, account, digest in kept.values_list("pk", "account_id", "digest"):
            if row := self.rows.get((account, digest or "")):
                row.pk = pk

    def _write_one_by_one(self) -> None:
        """One row that the database does not take, or has, must not turn the others away."""
        for row in self.rows.values():
            row.pk = None
        self._know_again()
        for row in [row for row in self.rows.values() if row.pk is None]:
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except (IntegrityError, DataError, ValueError):
                row.pk = None
                log.exception("a mail for %s was not kept", row.recipient)
        self._know_again()


def row_of(arrival: Arrival, taker: Taker, to: str, *, digest: str) -> Mail:
    return Mail(
        workspace_id=taker.workspace_id,
        account_id=taker.account_id,
        received_by=arrival.received_by,
        mail_from=_line(arrival.mail_from, 320),
        recipient=_line(to, 320),
        peer_ip=_ip(arrival.peer_ip),
        helo=_line(arrival.helo, 253),
        size=len(arrival.raw),
        raw=arrival.raw,
        digest=digest,
    )


def _line(text: str, longest: int) -> str:
    return "".join(filter(str.isprintable, text))[:longest]


def _ip(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None
