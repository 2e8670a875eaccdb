"""One connection to a mailbox over IMAP: look, fetch, wait. It never writes to the server.

Nothing that the server says is believed without a bound: not its sizes, not its UIDs.
"""

import contextlib
import imaplib
import select
import socket
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import TracebackType
from typing import Final, Self

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError, ProtocolError

from answerable.kit.web import vetted_socket

SECONDS: Final = 60
UIDS_AT_ONCE: Final = 5000
SIZES_AT_ONCE: Final = 200
SMALL_TALK: Final = 4 * 1024 * 1024
MAIL_PORTS: Final = frozenset({143, 993})

# What goes wrong between two machines; each is answered by connecting again later.
Broken = (OSError, IMAPClientError, imaplib.IMAP4.error, ProtocolError, EOFError)


class Security(StrEnum):
    """How the connection is kept from listeners."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class NotPlain(ValueError):
    """An argument has a character that could become a command of its own."""


class Unwelcome(Exception):
    """The server does not take the user name, password or token."""


class NoFolder(IMAPClientError):  # type: ignore[misc]
    """The mailbox has no folder of this name."""


def plain(argument: str) -> str:
    """The argument, if no server can read it as two commands. Raises NotPlain (T035)."""
    if not argument.isprintable():
        raise NotPlain("It must not contain line breaks or other control characters.")
    return argument


@dataclass(frozen=True)
class Way:
    """How to reach a mailbox. Either the password or the token opens it."""

    host: str
    port: int
    user: str
    security: Security = Security.TLS
    folder: str = "INBOX"
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def checked(self) -> Self:
        for argument in (self.host, self.user, self.folder, self.password, self.token):
            plain(argument)
        return self


class Mailbox:
    """An open mailbox, read only. Raises one of `Broken` when the connection does not hold."""

    def __init__(self, way: Way, *, tls: ssl.SSLContext | None = None) -> None:
        self.way = way.checked()
        # Mails that came to the server before this day are left alone.
        self.since: date | None = None
        self.uidvalidity = 0
        self.uidnext = 0
        tls = tls or ssl.create_default_context()
        self._client = _Client(way, tls)
        try:
            if way.security == Security.STARTTLS:
                self._client.starttls(tls)
            self._log_in()
            self._open()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def can_idle(self) -> bool:
        return bool(self._client.has_capability("IDLE"))

    def uids_after(self, last: int) -> list[int]:
        """The lowest of the UIDs beyond `last`, in order; none when there is no more."""
        low, width = last + 1, UIDS_AT_ONCE
        while low < self.uidnext:
            high = min(low + width, self.uidnext) - 1
            if found := self._search(low, str(high)):
                return found
            low, width = high + 1, width * 2
        return self._search(low, "*")

    def sizes(self, uids: Iterable[int]) -> dict[int, int]:
        """The size that the server tells, for those of the mails that are still there."""
        sizes: dict[int, int] = {}
        wanted = list(uids)
        for at in range(0, len(wanted), SIZES_AT_ONCE):
            some = wanted[at : at + SIZES_AT_ONCE]
            with self._client.allowing(SMALL_TALK):
                told = self._client.fetch(some, ["RFC822.SIZE"])
            sizes |= {uid: int(told[uid][b"RFC822.SIZE"]) for uid in some if uid in told}
        return sizes

    def mails(self, uids: list[int], *, bound: int) -> dict[int, bytes]:
        """The mails as they are; those that were deleted meanwhile are left out."""
        return self._parts(uids, "BODY.PEEK[]", b"BODY[]", bound)

    def head(self, uid: int, *, bound: int) -> bytes:
        """The header of a mail that is too large to take."""
        return self._parts([uid], "BODY.PEEK[HEADER]", b"BODY[HEADER]", bound).get(uid, b"")

    def wait(self, seconds: float, bell: int) -> None:
        """Until the server says something, or `bell` can be read, or the time is over."""
        sources: list[int | socket.socket] = [bell]
        if not self.can_idle:
            select.select(sources, [], [], seconds)
            with self._client.allowing(SMALL_TALK):
                self._client.noop()
            return
        self._client.idle()
        # An answer that came in one piece with the last is in the buffer, where select is blind.
        if not self._client.has_more():
            select.select([*sources, self._client.socket()], [], [], seconds)
        with self._client.allowing(SMALL_TALK):
            self._client.idle_done()

    def close(self) -> None:
        with contextlib.suppress(*Broken):
            self._client.shutdown()

    def _log_in(self) -> None:
        try:
            if self.way.token:
                self._client.oauth2_login(self.way.user, self.way.token)
            elif (self.way.user + self.way.password).isascii():
                self._client.login(self.way.user, self.way.password)
            else:
                self._client.plain_login(self.way.user, self.way.password)
        except LoginError as problem:
            raise Unwelcome(str(problem)[:200]) from problem

    def _open(self) -> None:
        # EXAMINE, so that no flag can change, not even \Recent.
        try:
            told = self._client.select_folder(self.way.folder, readonly=True)
        except imaplib.IMAP4.abort:
            raise
        except IMAPClientError as problem:
            raise NoFolder(self.way.folder) from problem
        self.uidvalidity = int(told.get(b"UIDVALIDITY", 0))
        self.uidnext = int(told.get(b"UIDNEXT", 0))

    def _search(self, low: int, high: str) -> list[int]:
        wanted: list[object] = ["UID", f"{low}:{high}"]
        if self.since:
            wanted += ["SINCE", self.since]
        with self._client.allowing(SMALL_TALK):
            found = self._client.search(wanted)
        # `n:*` names the last mail even when it is older than n (RFC 3501, 6.4.8).
        return sorted(uid for uid in found if uid >= low)

    def _parts(self, uids: list[int], item: str, key: bytes, bound: int) -> dict[int, bytes]:
        with self._client.allowing(bound + SMALL_TALK):
            told = self._client.fetch(uids, [item])
        parts = {uid: told[uid].get(key) for uid in uids if uid in told}
        return {uid: part for uid, part in parts.items() if isinstance(part, bytes)}


class _Wire(imaplib.IMAP4):
    """imaplib on a socket that we made, within a bound on what is read."""

    def __init__(self, made: socket.socket, host: str, port: int) -> None:
        self._made = made
        self.left = SMALL_TALK
        super().__init__(host, port)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:  # noqa: ARG002
        return self._made

    def read(self, size: int) -> bytes:
        self._spend(size)
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise self.abort("the server sent more than was asked for")


class _Client(IMAPClient):  # type: ignore[misc]
    """imapclient on our wire."""

    def __init__(self, way: Way, tls: ssl.SSLContext) -> None:
        self._tls = tls
        secure = way.security == Security.TLS
        super().__init__(way.host, port=way.port, ssl=secure, ssl_context=tls, timeout=SECONDS)

    def _create_IMAP4(self) -> _Wire:  # noqa: N802 - imapclient's name
        made = vetted_socket(self.host, self.port, ports=MAIL_PORTS)
        made.settimeout(SECONDS)
        if self.ssl:
            made = self._tls.wrap_socket(made, server_hostname=self.host)
        return _Wire(made, self.host, self.port)

    @contextlib.contextmanager
    def allowing(self, size: int) -> Iterator[None]:
        """Read up to `size` inside, and small talk outside."""
        self._imap.left = size
        try:
            yield
        finally:
            self._imap.left = SMALL_TALK

    def has_more(self) -> bool:
        """Whether something was read from the socket and waits in the buffer."""
        line = self.socket()
        line.settimeout(0)
        try:
            return bool(self._imap.file.peek(1))
        except (ssl.SSLWantReadError, BlockingIOError):
            return False
        finally:
            line.settimeout(SECONDS)
