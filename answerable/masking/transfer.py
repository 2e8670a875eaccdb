"""The transfer encodings of mail, forgiving when read, and what was read written anew."""

import binascii
import codecs
import quopri
import re
from dataclasses import dataclass

LINE = 76
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


@dataclass(frozen=True)
class Coding:
    """How a part's bytes stand for its text."""

    transfer: str
    charset: str

    def read(self, plain: bytes) -> tuple[str, str]:
        """The text, and the character set that gives back exactly these bytes."""
        for charset in (self.charset, "utf-8"):
            if charset and _is_text(charset):
                text = _exactly(plain, charset)
                if text is not None:
                    return text, charset
        return plain.decode("latin-1"), "latin-1"


def _is_text(charset: str) -> bool:
    try:
        return codecs.lookup(charset)._is_text_encoding  # zlib and rot13 are codecs too
    except (LookupError, ValueError):
        return False


def _exactly(plain: bytes, charset: str) -> str | None:
    try:
        text = plain.decode(charset)
        return text if text.encode(charset) == plain else None
    except (UnicodeError, ValueError, OverflowError):
        return None


def decoded(body: bytes, coding: Coding) -> bytes:
    """What the body stands for; of a broken one, what can be read."""
    if coding.transfer == "base64":
        bare = NOT_BASE64.sub(b"", body.partition(b"=")[0])
        bare = bare[: len(bare) - (len(bare) % 4 == 1)]
        return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))
    if coding.transfer == "quoted-printable":
        return quopri.decodestring(body)
    return body


def encoded(plain: bytes, before: bytes, coding: Coding) -> bytes:
    """The same in the coding that the body had, with its line ends."""
    newline = b"\r\n" if b"\r\n" in before else b"\n"
    if coding.transfer == "base64":
        coded = binascii.b2a_base64(plain, newline=False)
        lines = [coded[at : at + LINE] for at in range(0, len(coded), LINE)]
        return newline.join(lines) + (newline if before.endswith(b"\n") else b"")
    if coding.transfer == "quoted-printable":
        lines = [quopri.encodestring(line) for line in re.split(rb"\r?\n", plain)]
        return newline.join(line.replace(b"\n", newline) for line in lines)
    return plain
