"""Header fields of a mail that leaves: encoded, folded, and never two lines where one was meant."""

import base64
import re
from collections.abc import Iterable

from answerable.channels.email.reading.addresses import is_address
from answerable.channels.email.reading.headers import one_line

# Whatever some mail program takes for the end of a line (T100).
BREAKS = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u2028\u2029]")
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,200}@[!-;=?-~]{1,200}>")
BYTES_OF_A_WORD = 42  # with =?utf-8?B?…?= it stays below the 75 characters of RFC 2047
WIDTH = 76


class Unbuildable(Exception):
    """No mail can be made of this; in words, for those who wrote it."""


def field(name: str, value: str) -> bytes:
    """One field of plain ASCII, folded at its spaces. Raises Unbuildable."""
    if BREAKS.search(value) or not value.isascii():
        raise Unbuildable(f"{name} has characters that no header may have.")
    lines = [f"{name}:"]
    for word in value.split(" "):
        if len(lines[-1]) + len(word) + 1 > WIDTH and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode() + b"\r\n"


def words(text: str) -> str:
    """Free text for a field, as encoded words where ASCII is not enough (RFC 2047)."""
    text = one_line(text)
    if text.isascii() and "=?" not in text and max(map(len, text.split()), default=0) < 200:
        return text
    return " ".join(f"=?utf-8?B?{base64.b64encode(piece).decode()}?=" for piece in _pieces(text))


def _pieces(text: str) -> Iterable[bytes]:
    piece = b""
    for character in text:
        encoded = character.encode(errors="replace")
        if len(piece) + len(encoded) > BYTES_OF_A_WORD:
            yield piece
            piece = b""
        piece += encoded
    yield piece


def mailbox(name: str, address: str) -> str:
    """Ada at Demo Lamps <support@demo.example>"""
    name = one_line(name)[:150]
    if not name:
        return on_the_wire(address)
    if not name.isascii() or "=?" in name:
        phrase = words(name)
    elif ATOMS.fullmatch(name):
        phrase = name
    else:
        phrase = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return f"{phrase} <{on_the_wire(address)}>"


def mailboxes(addresses: Iterable[str]) -> str:
    return ", ".join(map(on_the_wire, addresses))


def on_the_wire(address: str) -> str:
    """The address as servers write it: its domain in ASCII. Raises Unbuildable."""
    local, _at, domain = address.rpartition("@")
    if BREAKS.search(address) or not is_address(address):
        raise Unbuildable(f"“{one_line(address)[:80]}” is not an address.")
    if not local.isascii():
        raise Unbuildable(f"“{address[:80]}”: mail servers differ about such letters before the @.")
    if domain.isascii():
        return address
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as wrong:
        raise Unbuildable(f"“{domain[:80]}” is not the name of a domain.") from wrong


def message_ids(ids: Iterable[str], most: int = 10) -> str:
    """The first and the last of these, those alone that are Message-IDs."""
    good = [each for each in map(_bracketed, ids) if MESSAGE_ID.fullmatch(each)]
    kept = good if len(good) <= most else [good[0], *good[1 - most :]]
    return " ".join(kept)


def _bracketed(message_id: str) -> str:
    return f"<{message_id.strip().strip('<>')}>"
