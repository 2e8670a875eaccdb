"""What somebody said, as the channels hand it to a conversation."""

from dataclasses import dataclass, field
from datetime import datetime

from answerable.customers.models import Identity


@dataclass(frozen=True)
class Enclosed:
    """A file that came along, with the name its sender gave it (never used on disk)."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Words:
    """One message from outside: read, masked, and with the reason for where it goes."""

    sender: Identity
    new_text: str
    from_name: str = ""
    from_email: str = ""
    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    subject: str = ""
    quoted: str = ""
    signature: str = ""
    html: str = ""
    message_id: str = ""
    channel: str = "email"
    written_at: datetime | None = None
    verification: str = "unverified"
    verification_reason: str = ""
    joined_because: str = ""
    is_automatic: bool = False
    masked: int = 0
    problems: list[str] = field(default_factory=list)
    files: tuple[Enclosed, ...] = ()


def preview_of(text: str) -> str:
    """The first words on one line, for the list."""
    return " ".join(text[:600].split())[:160]
