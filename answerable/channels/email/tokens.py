"""Signed addresses and Message-IDs: what a mail must carry to belong to something of ours.

    support+r.<token>@desk.example    a reply, bound to a conversation and one participant
    support+m.<token>@desk.example    a member answers a notification, until it expires
    bounce+b.<token>@desk.example     a failure report about one delivery
    <s.<token>@desk.example>          a message that we sent

A token is the numbers, as short as they get, and a MAC of 80 bits over its letter and those
numbers, in lower-case base32. It is read from envelope and address fields and from Message-IDs
alone; the functions take one address, so that a token in a subject, a body or a display name
is never looked at (T087). A token proves that we wrote it, not who sends it back.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

MAC = 10  # bytes: 80 bits, tried over SMTP, outlast the sun
LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
LONGEST_TOKEN = 60
BARE_ADDRESS = re.compile(
    r"[^\s<>\"@,:;]{1,64}\+(?P<letter>\w)\.(?P<token>\w{1,60})@[^\s<>\"@,:;]{1,255}"
)

Keys = Sequence[bytes]
"""Secrets from the newest to the oldest: the first signs, all of them read."""


class TooLong(ValueError):
    """The address would be longer than mail allows."""


def keys_for_mail(secrets: Sequence[str]) -> list[bytes]:
    """Keys for this purpose alone, from the installation's secrets, newest first."""
    return [hmac.digest(each.encode(), b"answerable: mail tokens, 1", "sha256") for each in secrets]


@dataclass(frozen=True)
class _Token:
    """Numbers of ours that travel through other people's hands."""

    letter: ClassVar[str]

    def address(self, mailbox: str, keys: Keys) -> str:
        """The mailbox's address with this token. TooLong if its name leaves no room."""
        name, _, domain = mailbox.rpartition("@")
        local_part = f"{name}+{self.letter}.{self.token(keys)}"
        if len(local_part) > LONGEST_LOCAL_PART:
            raise TooLong(mailbox)
        return f"{local_part}@{domain}"

    @classmethod
    def read(cls, address: str, keys: Keys) -> Self | None:
        """What an address carries, or None if we did not write it."""
        bare = BARE_ADDRESS.fullmatch(address)
        if bare is None or bare["letter"].lower() != cls.letter:
            return None
        return cls.opened(bare["token"], keys)

    def token(self, keys: Keys) -> str:
        numbers = b"".join(map(_short, self._numbers()))
        return _base32(numbers + _mac(keys[0], self.letter, numbers))

    @classmethod
    def opened(cls, token: str, keys: Keys) -> Self | None:
        signed = _unbase32(token.lower())
        if signed is None or len(signed) <= MAC:
            return None
        numbers, mac = signed[:-MAC], signed[-MAC:]
        # Every key is tried, so that the time tells nothing about which one fits.
        fits = [hmac.compare_digest(_mac(key, cls.letter, numbers), mac) for key in keys]
        return cls._from(list(_long(numbers))) if any(fits) else None

    def _numbers(self) -> list[int]:
        return list(vars(self).values())

    @classmethod
    def _from(cls, numbers: list[int]) -> Self | None:
        expected = len(cls.__dataclass_fields__) - ("letter" in cls.__dataclass_fields__)
        return cls(*numbers) if len(numbers) == expected else None


@dataclass(frozen=True)
class ReplyToken(_Token):
    """Whoever has it was written to as this participant of this conversation."""

    letter: ClassVar[str] = "r"
    conversation_pk: int
    participant_pk: int


@dataclass(frozen=True)
class MemberToken(_Token):
    """A notification to this member about this conversation, to be answered until it expires."""

    letter: ClassVar[str] = "m"
    conversation_pk: int
    member_pk: int
    expires: int

    @classmethod
    def until(cls, at: datetime, *, conversation_pk: int, member_pk: int) -> Self:
        return cls(conversation_pk, member_pk, int(at.timestamp()))

    def has_expired(self, now: datetime) -> bool:
        return now.timestamp() >= self.expires


@dataclass(frozen=True)
class BounceToken(_Token):
    """Where failure reports about this delivery go (VERP)."""

    letter: ClassVar[str] = "b"
    delivery_pk: int

    def return_path(self, domain: str, keys: Keys) -> str:
        return self.address(f"bounce@{domain}", keys)


@dataclass(frozen=True)
class SentToken(_Token):
    """A message that we sent, in a conversation."""

    letter: ClassVar[str] = "s"
    message_pk: int
    conversation_pk: int


def message_id_for(message_pk: int, conversation_pk: int, domain: str, keys: Keys) -> str:
    """Always the same for a message, so that a retry is the same mail."""
    token = SentToken(message_pk, conversation_pk)
    return f"<{token.letter}.{token.token(keys)}@{domain}>"


def parse_message_id(message_id: str, keys: Keys) -> SentToken | None:
    """Which message of ours this is; None for every other Message-ID, older forms too (T090)."""
    left = message_id.strip().removeprefix("<").rpartition("@")[0]
    letter, _, token = left.partition(".")
    return SentToken.opened(token, keys) if letter.lower() == SentToken.letter else None


def _mac(key: bytes, letter: str, numbers: bytes) -> bytes:
    return hmac.digest(key, letter.encode() + b"\0" + numbers, "sha256")[:MAC]


def _short(number: int) -> bytes:
    """Seven bits a byte, the highest bit says that more follows."""
    if number < 0:
        raise ValueError(number)
    head = bytes([number & 0x7F | (0x80 if number > 0x7F else 0)])
    return head + (_short(number >> 7) if number > 0x7F else b"")


def _long(numbers: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in numbers:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0


def _base32(plain: bytes) -> str:
    return base64.b32encode(plain).decode().rstrip("=").lower()


def _unbase32(text: str) -> bytes | None:
    """None unless these are exactly the letters that we would have written."""
    if not text.isascii() or len(text) > LONGEST_TOKEN:
        return None
    try:
        plain = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    return plain if _base32(plain) == text else None
