"""What a mail says, once read: plain facts, no database, no rights."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """One mail address; the name is decoration and never says who somebody is."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that came with a mail: an attachment, an inline image, an invitation."""

    filename: str
    media_type: str
    content: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient whom a mail of ours did not reach, and why."""

    address: str
    status: str
    reason: str
    hard: bool
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What somebody else had written, when a mail passes it on."""

    sender: Address | None
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in the words of the trade.

    `senders` has every address that claims to have written it; more than one
    can never be verified. Message-IDs stand without their angle brackets.
    `problems` says in words what was cut off, guessed or left out.
    """

    message_id: str = ""
    answers: tuple[str, ...] = ()
    senders: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    resent: tuple[str, ...] = ()
    delivered_to: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None

    text: str = ""
    new_text: str = ""
    quoted: str = ""
    signature: str = ""
    html: str = ""
    parts: tuple[Part, ...] = ()

    is_automatic: bool = False
    automatic_reason: str = ""
    is_bounce: bool = False
    failures: tuple[Failure, ...] = ()
    bounced_message_id: str = ""
    is_complaint: bool = False
    is_list: bool = False
    is_signed: bool = False
    is_encrypted: bool = False
    forwarded: Forwarded | None = None

    authentication_results: tuple[str, ...] = ()
    problems: tuple[str, ...] = field(default=())

    @property
    def sender(self) -> Address | None:
        """The one who wrote it, when exactly one claims to."""
        return self.senders[0] if len(self.senders) == 1 else None
