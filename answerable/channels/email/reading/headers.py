"""The header of a mail or of a part: fields in order, unfolded, decoded when asked."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

from answerable.channels.email.reading.charset import decoded
from answerable.channels.email.reading.encodedwords import plain
from answerable.channels.email.reading.limits import Bench

FIELD_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
ENDS = re.compile(rb"\r\n|\n|\r")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
FOLDS = re.compile(r"[ \t]*[\r\n]+[ \t]*")
ID = re.compile(r"<\s*([^<>]{1,990}?)\s*>")


@dataclass(slots=True)
class Headers:
    """Fields by lower-case name, raw, in the order of the mail."""

    fields: dict[str, list[bytes]] = field(default_factory=dict)

    def add(self, name: str, value: bytes) -> None:
        self.fields.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def count(self, name: str) -> int:
        return len(self.fields.get(name, ()))

    def raw(self, name: str) -> str:
        """The first field of the name, unfolded, its encoded words untouched."""
        values = self.fields.get(name)
        return unfolded(values[0]) if values else ""

    def raw_all(self, name: str) -> list[str]:
        return [unfolded(value) for value in self.fields.get(name, ())]

    def text(self, name: str) -> str:
        """The first field of the name as people read it, on one line."""
        return one_line(plain(self.raw(name)))

    def ids(self, *names: str) -> tuple[str, ...]:
        """Message-IDs in these fields, in order, each once, without <>."""
        found: dict[str, None] = {}
        for name in names:
            for value in self.raw_all(name):
                found.update(dict.fromkeys(ids_of(value)))
        return tuple(found)[:1000]

    def date(self) -> datetime | None:
        return date_of(self.raw("date"))


def unfolded(value: bytes) -> str:
    """One line. Eight-bit fields are UTF-8 by RFC 6532, or else a guess."""
    text = value.decode("ascii") if value.isascii() else decoded(value)[0]
    if "\n" in text or "\r" in text:
        text = FOLDS.sub(" ", text)
    return text.strip(" \t\r\n")


def one_line(text: str) -> str:
    return " ".join(CONTROLS.sub(" ", text).split())


def ids_of(value: str) -> list[str]:
    """Message-IDs; those who write them without <> are understood as well."""
    found = [_tidy(name) for name in ID.findall(value)]
    if not found and "<" not in value:
        found = [_tidy(word) for word in value.split() if "@" in word or value.count(" ") == 0]
    return [name for name in found if name]


def _tidy(name: str) -> str:
    return re.sub(r"\s+|[\x00-\x1f\x7f]", "", name).strip("<>,;")[:990]


def date_of(value: str) -> datetime | None:
    if not value or len(value) > 200:
        return None
    try:
        when = parsedate_to_datetime(value)
        when.timestamp()
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return when


def split(raw: bytes, start: int, end: int, bench: Bench) -> tuple[Headers, int]:
    """The header that begins at `start`, and where the body after it begins."""
    headers, at, used, last = Headers(), start, 0, ""
    if raw.startswith((b"From ", b">From "), at):  # the line that mbox puts before a mail
        at = _next_line(raw, at, end)
    while at < end:
        stop = _field_end(raw, at, end)
        if stop == at:
            return headers, at
        line = raw[at:stop]
        if not line.strip(b"\r\n \t"):
            return headers, stop
        match = FIELD_NAME.match(line)
        if not match:
            if last and _goes_on(headers.fields[last][-1], line):
                headers.fields[last][-1] += b" " + line
            elif not _is_noise(line, headers):
                return headers, at
            bench.note("a line among the headers is no header")
        elif used > bench.limits.header_bytes or used_fields(headers) > bench.limits.fields:
            bench.note("the header is cut: it is too long")
        else:
            last = _keep(headers, match, line, bench)
        used += stop - at
        at = stop
    return headers, at


def used_fields(headers: Headers) -> int:
    return sum(map(len, headers.fields.values())) if len(headers.fields) > 200 else 0


def _keep(headers: Headers, match: re.Match[bytes], line: bytes, bench: Bench) -> str:
    value = line[match.end() :]
    if len(value) > bench.limits.field_bytes:
        bench.note(f"the field {match[1].decode('ascii')[:40]} is cut: it is too long")
        value = value[: bench.limits.field_bytes]
    if b"\r" in value.replace(b"\r\n", b"\n").rstrip(b"\r"):
        bench.note("a bare CR stands in a header")
    name = match[1].decode("ascii").lower()
    headers.add(name, value)
    return name


def _goes_on(value: bytes, line: bytes) -> bool:
    """Was a folded line not indented? `Content-Type: multipart/mixed;↵boundary=…`"""
    is_open = value.rstrip().endswith(b";") and len(value) < 2_000
    return is_open and bool(re.match(rb"[a-zA-Z*0-9\-]{2,20}=", line))


def _is_noise(line: bytes, headers: Headers) -> bool:
    """Lines that relays and mbox files leave among the headers, unlike the start of a body."""
    return line.startswith((b"From ", b">From ")) or (bool(headers.fields) and line[:1] == b":")


def _field_end(raw: bytes, at: int, end: int) -> int:
    """The end of a field with its folded lines; an empty line is an end by itself."""
    stop = _next_line(raw, at, end)
    if not raw[at:stop].strip(b"\r\n"):
        return stop
    while stop < end and raw[stop] in b" \t":
        following = _next_line(raw, stop, end)
        if not raw[stop:following].strip():
            # A line of blanks ends the header for some and continues it for others.
            after = raw[following : following + 200]
            if not FIELD_NAME.match(after) and after[:1] not in (b" ", b"\t"):
                return stop
        stop = following
    return stop


def _next_line(raw: bytes, at: int, end: int) -> int:
    newline = raw.find(b"\n", at, end)
    stop = end if newline < 0 else newline + 1
    carriage = raw.find(b"\r", at, stop)
    if 0 <= carriage < stop - 2:  # a lone CR ends a line, for old Macs and for nobody else
        return carriage + 1 if raw[carriage + 1 : carriage + 2] != b"\n" else carriage + 2
    return stop
