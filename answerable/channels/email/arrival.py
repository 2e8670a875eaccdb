"""What a receiver hands over, and what it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class ReceivedBy(StrEnum):
    """The way a mail came."""

    SMTP = "smtp"
    LMTP = "lmtp"
    IMAP = "imap"
    WEBHOOK = "webhook"
    PIPE = "pipe"


@dataclass(frozen=True)
class Arrival:
    """One mail at the door: its bytes as they came, and its envelope."""

    raw: bytes
    mail_from: str
    recipients: tuple[str, ...]
    received_by: str
    peer_ip: str = ""
    helo: str = ""


class Fate(StrEnum):
    """What became of a mail for one recipient."""

    STORED = "stored"
    UNKNOWN = "unknown"
    TOO_LARGE = "too large"
    LATER = "later"


@dataclass(frozen=True)
class Outcome:
    """The fate of a mail for one recipient; `mail` is its row when it was stored."""

    fate: Fate
    mail: int | None = None


class Unreachable(Exception):
    """The database does not answer now; whoever asks should come again."""


class Directory(Protocol):
    """Which addresses are ours."""

    async def takes(self, address: str) -> bool:
        """Whether an inbox has this address. Raises Unreachable."""

    async def some(self) -> tuple[str, ...]:
        """A few of the addresses that are taken, for an operator who tries us out."""


class Store(Protocol):
    """Where mails are kept."""

    coming: int
    """How many mails have been begun and are not handed over yet."""

    @property
    def waiting(self) -> int:
        """Bytes handed over and not durable yet."""

    async def put(self, arrival: Arrival) -> Mapping[str, Outcome]:
        """The outcome for each recipient; returns only after the bytes are durable."""
