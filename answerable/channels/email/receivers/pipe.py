"""`answerable take-in`: mails from files or standard input, for mail servers with a pipe.

Prints one JSON object a mail. The exit status is one of sysexits.h: 0, 64 for usage, 67 for an
address that no inbox has, 75 to be tried again. It is never 65: a bad mail is stored all the
same, and shown where somebody can look at it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from django.db import DatabaseError, InterfaceError

from answerable.channels.email.arrival import Arrival, ReceivedBy
from answerable.channels.email.models import MailAccount
from answerable.channels.email.receivers.told import told
from answerable.channels.email.store import write

OK: Final = 0
NO_USER: Final = 67
TRY_AGAIN: Final = 75

MAILS_AT_ONCE: Final = 100


@dataclass(frozen=True)
class Content:
    """What one file holds, or why it cannot be read."""

    name: str
    raw: bytes = b""
    problem: str = ""


def contents(names: Iterable[str], stdin: BinaryIO) -> Iterator[Content]:
    names = list(names)
    if not names:
        yield Content("-", stdin.read())
    for name in names:
        try:
            yield Content(name, Path(name).read_bytes())
        except OSError as problem:
            yield Content(name, problem=f"{name} cannot be read: {problem.strerror}")


@dataclass
class Pipe:
    """Takes mails for one address and tells what became of each."""

    inbox: str
    wait: bool
    out: TextIO
    errors: TextIO

    def take(self, mails: Iterable[Content]) -> int:
        try:
            known = MailAccount.objects.takers([self.inbox])
        except (DatabaseError, InterfaceError) as problem:
            return self._complain(f"The database does not answer: {problem}", TRY_AGAIN)
        if not known:
            return self._complain(f"No inbox has the address {self.inbox}.", NO_USER)
        remaining, status = iter(mails), OK
        while some := list(islice(remaining, MAILS_AT_ONCE)):
            status = max(status, self._take_some(some))
        return status

    def _take_some(self, mails: list[Content]) -> int:
        statuses = [self._complain(mail.problem, TRY_AGAIN) for mail in mails if mail.problem]
        arrivals = [self._arrival(mail.raw) for mail in mails if not mail.problem]
        try:
            outcomes = write(arrivals)
        except (DatabaseError, InterfaceError, OSError) as problem:
            return self._complain(f"The mails cannot be kept now: {problem}", TRY_AGAIN)
        statuses.extend(self._tell(outcome[self.inbox].mail) for outcome in outcomes)
        return max(statuses, default=OK)

    def _arrival(self, raw: bytes) -> Arrival:
        return Arrival(without_envelope_line(raw), "", (self.inbox,), ReceivedBy.PIPE)

    def _tell(self, pk: int | None) -> int:
        if pk is None:
            return self._complain("The mail cannot be kept now.", TRY_AGAIN)
        self.out.write(json.dumps(told(pk, wait=self.wait), ensure_ascii=False) + "\n")
        self.out.flush()
        return OK

    def _complain(self, words: str, status: int) -> int:
        self.errors.write(f"{words}\n")
        return status


def without_envelope_line(raw: bytes) -> bytes:
    """Without the `From ` line of mbox that some mail servers put before the mail."""
    return raw.partition(b"\n")[2] if raw.startswith((b"From ", b">From ")) else raw
