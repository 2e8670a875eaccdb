"""winmail.dat: what Outlook wraps its attachments in when it means nobody else (MS-OXTNEF)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from answerable.channels.email.reading.charset import decoded
from answerable.channels.email.reading.letter import Part
from answerable.channels.email.reading.limits import Bench
from answerable.channels.email.reading.names import clean_filename, clean_id, clean_media_type

SIGNATURE = 0x223E9F78
BODY, CODEPAGE, PROPERTIES = 0x800C, 0x9007, 0x9003
NEW_ATTACHMENT, TITLE, CONTENT, ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005
PLAIN, HTML, LONG_NAME, SHORT_NAME, MEDIA_TYPE, CONTENT_ID, OBJECT = (
    0x1000, 0x1013, 0x3707, 0x3001, 0x370E, 0x3712, 0x3701,
)  # fmt: skip
SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
MOST = 2_000


class _Broken(Exception):
    """The file ends or lies before its parts are read."""


@dataclass(slots=True)
class Unpacked:
    """The words and the files that were inside."""

    text: str = ""
    html: str = ""
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class _Attachment:
    name: str = ""
    media_type: str = "application/octet-stream"
    content_id: str = ""
    content: bytes = b""


def unpacked(content: bytes, bench: Bench) -> Unpacked | None:
    """What is inside; None when it is no such file. A broken one gives what could be read."""
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != SIGNATURE:
        return None
    out = Unpacked()
    attachments: list[_Attachment] = []
    try:
        for name, value in _attributes(content):
            _take(name, value, out, attachments)
    except (_Broken, struct.error):
        bench.note("a winmail.dat is broken: what could be read of it is kept")
    out.parts = [_part(one) for one in attachments if one.content or one.name]
    return out


def _part(one: _Attachment) -> Part:
    name = clean_filename(one.name) or "file"
    return Part(name, one.media_type, one.content, one.content_id, inline=bool(one.content_id))


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    for _ in range(MOST):
        if at + 9 > len(content):
            return
        name, _, length = struct.unpack_from("<HHI", content, at + 1)
        at += 9
        if at + length > len(content):
            raise _Broken
        yield name, content[at : at + length]
        at += length + 2


def _take(name: int, value: bytes, out: Unpacked, attachments: list[_Attachment]) -> None:
    if name == BODY:
        out.text = out.text or decoded(value.rstrip(b"\0"))[0]
    elif name == PROPERTIES:
        _take_body(dict(_properties(value)), out)
    elif name == NEW_ATTACHMENT:
        attachments.append(_Attachment())
    elif attachments and name == TITLE:
        attachments[-1].name = attachments[-1].name or _text(value)
    elif attachments and name == CONTENT:
        attachments[-1].content = value
    elif attachments and name == ATTACHMENT:
        _take_details(dict(_properties(value)), attachments[-1])


def _take_body(properties: dict[int, bytes], out: Unpacked) -> None:
    out.text = _text(properties.get(PLAIN, b"")) or out.text
    out.html = decoded(properties.get(HTML, b"").rstrip(b"\0"))[0]


def _take_details(properties: dict[int, bytes], one: _Attachment) -> None:
    one.name = (
        _text(properties.get(LONG_NAME, b"")) or one.name or _text(properties.get(SHORT_NAME, b""))
    )
    one.media_type = clean_media_type(_text(properties.get(MEDIA_TYPE, b"")))
    one.content_id = clean_id(_text(properties.get(CONTENT_ID, b"")))
    one.content = one.content or properties.get(OBJECT, b"")[16:]


def _text(value: bytes) -> str:
    """A string in one of its two forms; UTF-16 shows by the zero bytes in it."""
    if len(value) > 1 and value[1::2].count(0) * 2 > len(value) // 2:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return decoded(value.rstrip(b"\0"))[0]


def _properties(content: bytes) -> Iterator[tuple[int, bytes]]:
    (count,) = struct.unpack_from("<I", content)
    at = 4
    for _ in range(min(count, MOST)):
        kind, name = struct.unpack_from("<HH", content, at)
        at += 4
        if name >= 0x8000:
            at = _past_name(content, at)
        value, at = _value(content, at, kind)
        yield name, value


def _past_name(content: bytes, at: int) -> int:
    (is_text,) = struct.unpack_from("<I", content, at + 16)
    if not is_text:
        return at + 24
    (length,) = struct.unpack_from("<I", content, at + 20)
    return at + 24 + _padded(length)


def _value(content: bytes, at: int, kind: int) -> tuple[bytes, int]:
    base, many = kind & 0x0FFF, bool(kind & 0x1000)
    count = 1
    if many or base in {0x0D, 0x1E, 0x1F, 0x102}:
        (count,) = struct.unpack_from("<I", content, at)
        at += 4
    if count > MOST:
        raise _Broken
    value = b""
    for _ in range(count):
        if base in SIZES:
            length = step = SIZES[base]
        else:
            (length,) = struct.unpack_from("<I", content, at)
            at, step = at + 4, _padded(length)
        if at + length > len(content):
            raise _Broken
        value, at = content[at : at + length], at + step
    return value, at


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
