"""Markup with its secrets made unreadable, and not a character of the rest touched.

    <b>4242</b> 4242 <i>4242 4242</i>

is read as one line of text, masked, and the changes are taken back to where they stood.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from answerable.masking.plain import SIGN, Cut, Found, Masked, cuts, mask

TAG = re.compile(r"""<(?:(/?)([a-zA-Z][^\s/>"']*+)(?:[^>"']|"[^"]*+"|'[^']*+')*+|[!?/][^>]*+)>""")
NOT_A_TAG = re.compile(r"<(?![a-zA-Z!?/])")
THREE_DIGITS = re.compile(r"(?:[0-9][^0-9]*+){3}")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
ATTRIBUTE = re.compile(r"""=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
FLOWING = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "mark", "nobr", "o:p", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "tt", "u", "var", "wbr",
}  # fmt: skip
RAW = {"script", "style"}


@dataclass
class Reading:
    """The text of some markup in pieces, and from which stretch of the source each came."""

    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sources: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, shown: str, start: int, end: int) -> None:
        if shown:
            self.pieces.append(shown)
            self.starts.append(self.length)
            self.sources.append((start, end))
            self.length += len(shown)

    def add_plain(self, source: str, start: int, end: int) -> None:
        self.add(source[start:end], start, end)

    def add_text(self, source: str, start: int, end: int) -> None:
        at = start
        for entity in ENTITY.finditer(source, start, end):
            self.add_plain(source, at, entity.start())
            self.add(html.unescape(entity.group()), *entity.span())
            at = entity.end()
        self.add_plain(source, at, end)

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where this part of the text stands in the source; tags between are left out."""
        piece = bisect_right(self.starts, start) - 1
        while piece < len(self.starts) and self.starts[piece] < end:
            low, high = self.sources[piece]
            if high - low == len(self.pieces[piece]):
                at = self.starts[piece]
                low, high = low + max(0, start - at), low + min(high - low, end - at)
            if high > low:
                yield low, high
            piece += 1


def mask_html(source: str, *, sign: str = SIGN) -> Masked:
    """The markup with every secret replaced, in text, in attributes and where tags cut it."""
    if source.isascii() and not THREE_DIGITS.search(source):
        return Masked(source)
    reading = Reading()
    changes = list(_read(source, reading, sign))
    for cut in cuts("".join(reading.pieces), sign):
        changes += _in_source(cut, reading)
    return _changed(source, sorted(changes, key=lambda cut: cut.found.start))


def _read(source: str, reading: Reading, sign: str) -> Iterator[Cut]:
    """Fill the reading with the text; yield what must change inside tags."""
    at = 0
    while (start := source.find("<", at)) >= 0:
        reading.add_text(source, at, start)
        if NOT_A_TAG.match(source, start):
            reading.add_plain(source, start, start + 1)
            at = start + 1
            continue
        tag = TAG.match(source, start)
        # A browser swallows the rest when a tag or its quotes are never closed.
        at = tag.end() if tag else len(source)
        if tag is None or tag[2] is None:
            yield from _inside(source, start, at, sign)
            reading.add("\n\n", at, at)
            continue
        yield from _attributes(source, tag, sign)
        at = _after(source, tag, reading)
    reading.add_text(source, at, len(source))


def _after(source: str, tag: re.Match[str], reading: Reading) -> int:
    """Where reading goes on behind a tag."""
    name, at = tag[2].lower(), tag.end()
    if name not in FLOWING:
        reading.add("\n" if name == "br" else "\n\n", at, at)
    return _raw_end(source, name, at, reading) if name in RAW and not tag[1] else at


def _raw_end(source: str, name: str, at: int, reading: Reading) -> int:
    close = re.compile(rf"</{name}", re.IGNORECASE).search(source, at)
    end = close.start() if close else len(source)
    reading.add_plain(source, at, end)
    return end


def _inside(source: str, start: int, end: int, sign: str) -> Iterator[Cut]:
    for cut in cuts(source[start:end], sign):
        found = cut.found
        yield Cut(
            Found(found.kind, found.last_four, start + found.start, start + found.end), cut.instead
        )


def _attributes(source: str, tag: re.Match[str], sign: str) -> Iterator[Cut]:
    for value in ATTRIBUTE.finditer(source, tag.start(), tag.end() - 1):
        quoted = value[1]
        quote = quoted[0] if quoted[0] in "\"'" else ""
        bare = html.unescape(quoted[1:-1] if quote else quoted)
        masked = mask(bare, sign=sign)
        for found in masked.found[:1]:
            escaped = html.escape(masked.text)
            whole = Found(found.kind, found.last_four, *value.span(1))
            yield Cut(whole, f'"{escaped}"')


def _in_source(cut: Cut, reading: Reading) -> Iterator[Cut]:
    """The cut in places of the source: all of the new text at its start, tags between kept."""
    first = True
    for start, end in reading.stretches(cut.found.start, cut.found.end):
        found = Found(cut.found.kind if first else "", cut.found.last_four, start, end)
        yield Cut(found, cut.instead if first else "")
        first = False


def _changed(source: str, changes: list[Cut]) -> Masked:
    pieces, at = [], 0
    for cut in changes:
        pieces += [source[at : cut.found.start], cut.instead]
        at = cut.found.end
    found = tuple(cut.found for cut in changes if cut.found.kind)
    return Masked("".join([*pieces, source[at:]]), found)
