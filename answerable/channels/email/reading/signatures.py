"""Where somebody's words end and their signature begins."""

import re
from collections.abc import Callable

from answerable.channels.email.reading.closings import (
    CLOSING,
    DEVICES,
    DISCLAIMER,
    GRATEFUL,
    SENT_FROM,
)

DELIMITER = re.compile(r"-- ?|-{3,5}\s?|_{2,5}\s?|\*{3,5}\s?|~{2,5}\s?|–\s?|\u2014\s?\u2014\s?")
SIGNED = re.compile(r"[-–~]\s?[^\W\d_][\w.'’]*(?: [^\W\d_][\w.'’]*){0,2}")
FOOTER = re.compile(r"[_\-=*]{20,}\s*")
LIST_WORDS = re.compile(r"mailing list|mailman|listinfo|unsubscribe|https?://|@", re.IGNORECASE)
CONTACT = re.compile(
    r"https?://|www\.|@\w|\+?\(?\d{2,4}\)?[\d ()/.\-]{6,}|\b(?:tel|fax|phone|mobile|mob|cell|"
    r"telefon|mobil|téléphone|tél|teléfono|telefono|тел|電話|电话|전화)\b",
    re.IGNORECASE,
)
MOST_LINES = 16
MOST_FILLED = 400
LONGEST = 90


def without_signature(
    text: str, writer: tuple[str, str], *, thanks_close: bool = True
) -> tuple[str, str]:
    """The text, and what stood below it; again and again, as signatures have storeys."""
    lines = text.split("\n")
    signature: list[str] = []
    for _ in range(5):
        start = _start(lines, writer, _closed if thanks_close else _closed_by_regards)
        if start is None:
            break
        signature = [*lines[start:], *([""] if signature else []), *signature]
        lines = lines[:start]
        while lines and not lines[-1].strip():
            lines.pop()
    return "\n".join(lines), "\n".join(signature).strip("\n")


Rule = Callable[[list[str], list[int], tuple[str, str]], int | None]


def _start(lines: list[str], writer: tuple[str, str], closed: Rule) -> int | None:
    filled = [number for number, line in enumerate(lines) if line.strip()][-MOST_FILLED:]
    if len(filled) < 2:
        return None
    for rule in (_delimited, _sent_from, _footer, _disclaimer, closed, _signed, _carded):
        start = rule(lines, filled, writer)
        if start is not None and start > filled[0]:
            return start
    return None


def _tail(filled: list[int], most: int = MOST_LINES) -> list[int]:
    return filled[1:][-most:]


def _is_short(lines: list[str], start: int, longest: int = LONGEST) -> bool:
    return all(len(line) <= longest for line in lines[start:])


def _delimited(lines: list[str], filled: list[int], _writer: tuple[str, str]) -> int | None:
    for number in filled[1:]:
        if lines[number] == "-- " and len(lines) - number <= 60:
            return number
    for number in _tail(filled):
        line = lines[number].strip()
        if not DELIMITER.fullmatch(line) or not _is_short(lines, number):
            continue
        rest = [lines[n].strip() for n in filled if n > number]
        if line in {"-- ", "--"} or not any(_is_prose(words) for words in rest):
            return number
    return None


def _is_prose(line: str) -> bool:
    return len(line) > 45 and line.endswith((".", "!", "?", ":", ",")) and line.count(" ") > 5


def _sent_from(lines: list[str], filled: list[int], _writer: tuple[str, str]) -> int | None:
    for number in filled[1:]:
        line = lines[number].strip()
        if len(line) < 160 and SENT_FROM.fullmatch(line) and DEVICES.search(line):
            return number
    return None


def _footer(lines: list[str], filled: list[int], _writer: tuple[str, str]) -> int | None:
    """What a mailing list adds under a rule."""
    for number in _tail(filled, 10):
        if FOOTER.fullmatch(lines[number].strip()):
            rest = [lines[n] for n in filled if n > number]
            if rest and any(LIST_WORDS.search(line) for line in rest) and len(rest) <= 8:
                return number
    return None


def _disclaimer(lines: list[str], filled: list[int], _writer: tuple[str, str]) -> int | None:
    for number in _tail(filled, 30):
        if not lines[number - 1].strip() and DISCLAIMER.match(lines[number][:400]):
            return number
    return None


def _closed(lines: list[str], filled: list[int], _writer: tuple[str, str]) -> int | None:
    """`Kind regards` or `Thanks` on a line of its own, and a name and more below."""
    return _closed_with(lines, filled, thanks=True)


def _closed_by_regards(lines: list[str], filled: list[int], _writer: tuple[str, str]) -> int | None:
    return _closed_with(lines, filled, thanks=False)


def _closed_with(lines: list[str], filled: list[int], *, thanks: bool) -> int | None:
    for number in _tail(filled):
        line = lines[number].strip()
        rest = [n for n in filled if n > number]
        if len(line) > 60 or not _are_card(lines, rest):
            continue
        if CLOSING.fullmatch(line) and (rest or " " in line):
            return number
        if thanks and 1 <= len(rest) <= 8 and GRATEFUL.fullmatch(line):
            return number
    return None


def _are_card(lines: list[str], rest: list[int]) -> bool:
    """Lines of a name, a post, an address: short, and no sentences."""
    return len(rest) <= 14 and not any(
        _is_prose(lines[n].strip()) or len(lines[n].strip()) > 110 for n in rest
    )


def _signed(lines: list[str], filled: list[int], _writer: tuple[str, str]) -> int | None:
    """`- Carl` as the last line, unless it is the last item of a list."""
    last, before = filled[-1], filled[-2]
    line = lines[last].strip()
    if not SIGNED.fullmatch(line) or lines[before].strip()[:1] in {"-", "–", "*", "•", "+"}:
        return None
    return last


def _carded(lines: list[str], filled: list[int], writer: tuple[str, str]) -> int | None:
    """A last paragraph with the writer's own name or address, or two ways to reach them."""
    first = filled[-1]
    while first > 0 and lines[first - 1].strip():
        first -= 1
    block = [lines[n].strip() for n in filled if n >= first]
    if first <= filled[0] or len(block) > 10 or any(_is_prose(line) for line in block):
        return None
    if any(len(line) > LONGEST for line in block):
        return None
    name, email = writer
    is_named = bool(name) and block[0].strip("*_ ,.").casefold() == name.casefold()
    reaches = sum(bool(CONTACT.search(line)) for line in block)
    has_own = bool(email) and any(email.casefold() in line.casefold() for line in block)
    if is_named or (has_own and len(block) > 1) or (reaches >= 2 and len(block) >= 3):
        return first
    return None
