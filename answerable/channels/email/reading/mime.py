"""The tree of parts of a mail. Offsets into the raw bytes; nothing is copied or decoded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from answerable.channels.email.reading.encodedwords import parameters
from answerable.channels.email.reading.headers import Headers, split
from answerable.channels.email.reading.limits import Bench
from answerable.channels.email.reading.names import MEDIA_TYPE
from answerable.channels.email.reading.transfer import undone

MESSAGES = {
    "message/rfc822",
    "message/global",
    "message/news",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
}
LONGEST_DELIMITER = 1_000


@dataclass(slots=True)
class Entity:
    """A mail or a part of one: its header, where its body lies, its children."""

    raw: bytes
    headers: Headers
    start: int
    body: int
    end: int
    media_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    disposition_parameters: dict[str, str] = field(default_factory=dict)
    children: list["Entity"] = field(default_factory=list)
    is_within: bool = False

    @property
    def is_multipart(self) -> bool:
        return self.media_type.startswith("multipart/")

    @property
    def is_message(self) -> bool:
        return self.media_type in MESSAGES

    @property
    def encoded(self) -> bytes:
        return self.raw[self.body : self.end]

    def content(self, bench: Bench) -> bytes:
        """The body as it was before its journey."""
        content, problem = undone(self.encoded, self.headers.raw("content-transfer-encoding"))
        if problem:
            bench.note(problem)
        return content

    def walk(self) -> Iterator["Entity"]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def whole(self) -> bytes:
        return self.raw[self.start : self.end]


def parse(raw: bytes, bench: Bench, start: int = 0, end: int | None = None) -> Entity:
    """The mail that lies between `start` and `end`."""
    return _entity(
        raw, start, len(raw) if end is None else end, bench, default="text/plain", depth=0
    )


def _entity(
    raw: bytes,
    start: int,
    end: int,
    bench: Bench,
    *,
    default: str,
    depth: int,
    within: bool = False,
) -> Entity:
    headers, body = split(raw, start, end, bench)
    bench.parts += 1
    part = Entity(raw, headers, start, body, end, media_type=default, is_within=within)
    _read_type(part, default)
    part.disposition, part.disposition_parameters = parameters(headers.raw("content-disposition"))
    if depth >= bench.limits.depth and (part.is_multipart or part.is_message):
        bench.note(f"parts nested deeper than {bench.limits.depth} are left closed")
        part.media_type = "application/octet-stream"
    elif part.is_multipart:
        _open_multipart(part, depth, bench)
    elif part.is_message:
        _open_message(part, depth, bench)
    return part


def _read_type(part: Entity, default: str) -> None:
    if _is_bare_copy(part):
        part.media_type, part.body = "message/rfc822", part.start
        return
    value = part.headers.raw("content-type")
    if not value:
        return
    named, part.parameters = parameters(value)
    named = (re.sub(r"\s*/\s*", "/", named).split() or [""])[0]
    if MEDIA_TYPE.fullmatch(named):
        part.media_type = named
    elif "boundary" in part.parameters:
        part.media_type = "multipart/mixed"
    elif named in {"text", "html", "plain"}:
        part.media_type = "text/html" if named == "html" else "text/plain"
    elif "name" in part.parameters or default != "text/plain" or "/" in named:
        part.media_type = "application/octet-stream"


def _is_bare_copy(part: Entity) -> bool:
    """A mail that was put into a multipart without a header of its own."""
    fields = part.headers.fields
    names = {"from", "to", "subject"}
    return part.is_within and ("received" in fields or names <= set(fields))


def _open_multipart(part: Entity, depth: int, bench: Bench) -> None:
    boundary = part.parameters.get("boundary", "")
    spans = list(_spans(part, boundary.rstrip(), bench)) if boundary.strip() else []
    if not spans:
        bench.note("a multipart part has no parts")
        part.media_type = "text/plain"
        return
    default = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
    for start, end in spans:
        if bench.parts >= bench.limits.parts:
            bench.note(f"only the first {bench.limits.parts} parts are read")
            return
        child = _entity(part.raw, start, end, bench, default=default, depth=depth + 1, within=True)
        part.children.append(child)


def _open_message(part: Entity, depth: int, bench: Bench) -> None:
    encoding = part.headers.raw("content-transfer-encoding").strip().lower()
    if encoding.startswith(("base64", "quoted")):
        inner = part.content(bench)
        part.children.append(
            _entity(inner, 0, len(inner), bench, default="text/plain", depth=depth + 1)
        )
        return
    child = _entity(part.raw, part.body, part.end, bench, default="text/plain", depth=depth + 1)
    part.children.append(child)


def _spans(part: Entity, boundary: str, bench: Bench) -> Iterator[tuple[int, int]]:
    """Where the parts lie. A delimiter is a whole line; the line end before it is its own."""
    mark = b"--" + boundary.encode("utf-8", "surrogateescape")
    raw, at, opened = part.raw, part.body, -1
    while (found := raw.find(mark, at, part.end)) >= 0:
        at = found + len(mark)
        if found != part.body and raw[found - 1] not in b"\r\n":
            continue
        line_end = raw.find(b"\n", at, min(part.end, at + LONGEST_DELIMITER))
        rest = raw[at : min(part.end, at + LONGEST_DELIMITER) if line_end < 0 else line_end]
        if rest.strip(b" \t\r") not in {b"", b"--"}:
            continue
        if opened >= 0:
            yield opened, max(opened, _before_line_end(raw, found))
        at = part.end if line_end < 0 else line_end + 1
        opened = at
        if rest.startswith(b"--"):
            return
    if opened >= 0:
        bench.note("the last part of a multipart has no end")
        if opened < part.end:
            yield opened, part.end


def _before_line_end(raw: bytes, at: int) -> int:
    if raw[at - 1 : at] == b"\n":
        at -= 1
    return at - 1 if raw[at - 1 : at] == b"\r" else at
