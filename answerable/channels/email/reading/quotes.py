"""Where in a text the words of others begin: the lines that mail programs put above them."""

import re
from dataclasses import dataclass

from answerable.channels.email.reading import marks
from answerable.channels.email.reading.phrases import (
    ABOVE,
    FORWARDED,
    LABELS,
    OPENERS,
    ORIGINAL,
    WROTE,
    pattern,
)

VERB = re.compile(rf"(?<!\w)(?:{pattern(WROTE)})(?!\w)", re.IGNORECASE)
ASIAN_VERB = re.compile(
    "写道|寫道|写到|のメール|書きました|작성|님이 씀|썼습니다|님의 말|のメッセージ"
)
OPENER = re.compile(rf"\W{{0,4}}(?:{pattern(OPENERS)})(?:[\s,.]|(?<=[於在]))", re.IGNORECASE)
DATE_SOON = re.compile(r"[^\d@:]{0,45}\d")
DATE = re.compile(
    r"\d{4}|\d{1,2}[:.h時点]\s?\d{2}|\d{1,2}[./\-]\d{1,2}[./\-]\d{2}|\b\d{1,2}(?:st|nd|rd|th)?\b"
)
TIME = re.compile(r"\d{1,2}\W{0,2}[:.h時]\W{0,2}\d{2}")
EMAIL = re.compile(r"[^\s<>()@]{1,64}@[^\s<>()@]{1,190}")
COLON_END = re.compile(r"[:\uff1a]\s*[*_>]{0,3}\s*$")
MIDLINE = re.compile(
    r"(?<=\S)[\s\-]{1,10}(?=(?:On|Am|Le|El|Il|Em|Op|Den) (?:[^\W\d]{2,12}[.,]? |\d{1,2}[ ./])"
    r"[^:]{0,60}\d{1,2}[:.h]\d{2})"
)
SEPARATOR = re.compile(
    rf"\W{{0,6}}[-_=─—*]{{2,}}\s{{0,3}}(?:{pattern(ORIGINAL)})\b[^\n]{{0,60}}", re.IGNORECASE
)
FORWARD = re.compile(
    rf"\W{{0,6}}(?:[-_=─—*]{{2,}}\s{{0,3}})?(?:{pattern(FORWARDED)})\b[^\n]{{0,60}}", re.IGNORECASE
)
DASHED_WROTE = re.compile(r"\W{0,6}-{3,}\s?.{2,80}\s?-{3,}\s*")
RULE = re.compile(r"[\s>]*(?:[-_=*─—~]\s?){3,}\s*|[\s>]*")
ENDS = frozenset("-_=─—*:\uff1a")
DECORATION = " \t>*_|\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
WINDOW = 6
WIDEST = 500
MOST_LINES = 20_000
MOST_TRIES = 400


@dataclass(frozen=True, slots=True)
class Mark:
    """Lines `first` to `after` (not included) that say: what follows is another's."""

    first: int
    after: int
    kind: str
    new_before: str = ""


@dataclass(slots=True)
class _Tries:
    """How many lines may still be looked at closely: hostile texts are made of such lines."""

    left: int
    has_ours: bool

    def one_more(self) -> bool:
        self.left -= 1
        return self.left >= 0


def is_quoted(line: str) -> bool:
    return line.lstrip(" \t\u00a0").startswith((">", marks.INDENT))


def found_in(lines: list[str], *, most: int = 200) -> list[Mark]:
    """Every mark, in order. One pass; each line is looked at with a window of a few."""
    found: list[Mark] = []
    at, lines = 0, lines[:MOST_LINES]
    small = "\n".join(lines).casefold()
    tries = _Tries(MOST_TRIES, any(words in small for words in ABOVE))
    while at < len(lines) and len(found) < most:
        mark = _mark_at(lines, at, found[-1].after if found else 0, tries)
        if mark:
            found.append(mark)
            at = max(mark.after, at + 1)
        else:
            at += 1
    return found


def _mark_at(lines: list[str], at: int, lowest: int, tries: _Tries) -> Mark | None:
    line = lines[at]
    stripped = line.strip(DECORATION)
    if not stripped:
        return None
    if stripped[0] == marks.QUOTE:
        return Mark(at, at + 1, "container")
    if is_quoted(line) and not _opens_forward(stripped) and not _is_only_verb(stripped):
        return None
    if tries.has_ours and any(words in stripped.casefold() for words in ABOVE):
        return Mark(at, at + 1, "ours")
    return _separator(lines, at, stripped) or (
        _header_block(lines, at, tries) or _attribution(lines, at, stripped, lowest, tries)
    )


def _is_only_verb(stripped: str) -> bool:
    """The end of an attribution whose address was broken off: `> wrote:`"""
    return len(stripped) < 30 and bool(VERB.fullmatch(stripped.rstrip(":\uff1a* ")))


def _opens_forward(stripped: str) -> bool:
    return stripped[-1] in ":\uff1a-" and len(stripped) < 100 and bool(FORWARD.fullmatch(stripped))


def _separator(lines: list[str], at: int, stripped: str) -> Mark | None:
    if len(stripped) > 120:
        return None
    line = lines[at].strip(" \t>\u00a0")
    if line[-1:] not in ENDS and not _has_block_after(lines, at):
        return None
    if SEPARATOR.fullmatch(line):
        return Mark(at, at + 1, "original")
    if FORWARD.fullmatch(line):
        return Mark(at, at + 1, "forward")
    if line.startswith("---") and DASHED_WROTE.fullmatch(line) and VERB.search(line):
        return Mark(at, at + 1, "attribution")
    return None


def _has_block_after(lines: list[str], at: int) -> bool:
    """Is the next line with words the first of a block of headers?"""
    for number in range(at + 1, min(at + 4, len(lines))):
        if lines[number].strip(DECORATION):
            return bool(label_of(lines[number])[0])
    return False


def label_of(line: str) -> tuple[str, str]:
    """(kind, value) of `From: …` in any language; ("", "") when it is no such line."""
    head = line[:60].lstrip(DECORATION + "-•")
    for colon in (":", "\uff1a"):
        name, found, _ = head.partition(colon)
        if found and 0 < len(name) <= 32:
            kind = LABELS.get(name.strip(DECORATION).casefold(), "")
            if kind:
                value = line[line.index(colon) + 1 :].strip(DECORATION)
                return kind, value
    return "", ""


def block_at(lines: list[str], at: int) -> tuple[dict[str, str], int]:
    """The headers of a quoted mail that begin here, and the line after them."""
    values: dict[str, str] = {}
    last, kind, gap = at, "", 0
    for number in range(at, min(at + 24, len(lines))):
        found, value = label_of(lines[number])
        if found and not (found in values and found != "other"):
            values[found] = value
            kind, last, gap = found, number + 1, 0
        elif not lines[number].strip(DECORATION):
            gap += 1
            if gap > 2 or (gap and len(values) >= 4) or not _label_soon(lines, number + 1):
                break
        elif kind and gap == 0 and number - last < 3 and _continues(lines, number, kind, values):
            values[kind] = f"{values[kind]} {lines[number].strip(DECORATION)}"
            last = number + 1
        else:
            break
    return values, last


def _label_soon(lines: list[str], at: int) -> bool:
    return any(label_of(line)[0] for line in lines[at : at + 2])


def _continues(lines: list[str], at: int, kind: str, values: dict[str, str]) -> bool:
    """A long value went on in the next line: a label or the end of the block follows soon."""
    if kind in {"to", "cc", "from"} and ("@" in lines[at] or ";" in values[kind]):
        return True
    return _label_soon(lines, at + 1)


def _header_block(lines: list[str], at: int, tries: _Tries) -> Mark | None:
    kind, _ = label_of(lines[at])
    if not kind or kind == "other" or not tries.one_more():
        return None
    values, after = block_at(lines, at)
    others = set(values) & {"date", "to", "subject"}
    if "from" not in values or not others:
        return None
    has_address = any("@" in found for found in values.values())
    is_timed = len(others) > 1 and bool(TIME.search(values.get("date", "")))
    if not (has_address or is_timed or {"subject", "date"} <= set(values)):
        return None
    return Mark(_without_rules(lines, at), after, "headers")


def _without_rules(lines: list[str], at: int) -> int:
    """Where the blank lines and rules above a block of headers begin."""
    while at > 0 and RULE.fullmatch(lines[at - 1]):
        at -= 1
    return at


def _attribution(
    lines: list[str], at: int, stripped: str, lowest: int, tries: _Tries
) -> Mark | None:
    """A line that ends `… wrote:`, with the lines above that belong to it."""
    quoted_next = _next_is_quoted(lines, at)
    ends = bool(COLON_END.search(stripped))
    if not (ends or quoted_next) or len(stripped) > WIDEST or not tries.one_more():
        return None
    first = _first_line_of_attribution(lines, at, ends=ends, quoted_next=quoted_next)
    if first is None or first < lowest:
        return None
    new_before = ""
    if quoted_next and (middle := MIDLINE.search(lines[first])):
        new_before = lines[first][: middle.start()].rstrip(" -")
    return Mark(first, at + 1, "attribution", new_before)


def _next_is_quoted(lines: list[str], at: int) -> bool:
    for number in range(at + 1, min(at + 4, len(lines))):
        if lines[number].strip(" \t\u00a0"):
            return is_quoted(lines[number]) and not _is_only_verb(lines[number].strip(DECORATION))
    return False


def _first_line_of_attribution(
    lines: list[str], at: int, *, ends: bool, quoted_next: bool
) -> int | None:
    joined, best = "", None
    for first in range(at, max(-1, at - WINDOW), -1):
        line = lines[first].strip(DECORATION)
        joined = f"{line} {joined}".strip()
        if len(joined) > WIDEST or (first < at and _ends_a_sentence(line)):
            break
        if _says_who_wrote(joined, ends=ends, quoted_next=quoted_next):
            best = first
            break
    if best is None:
        return None
    return _widened(lines, best, at)


def _ends_a_sentence(line: str) -> bool:
    return line.endswith((".", "!", "?", "。")) and len(line) > 25


def _says_who_wrote(text: str, *, ends: bool, quoted_next: bool) -> bool:
    has_email = bool(EMAIL.search(text))
    verb = None
    for verb in VERB.finditer(text):  # noqa: B007 the last one
        pass
    if verb or ASIAN_VERB.search(text):
        if verb and not _is_tail(text[verb.end() :]):
            return False
        dated = DATE_SOON.match(text) and DATE.search(text)
        return bool(dated or has_email or (quoted_next and len(text) < 80))
    # Without a verb: a date first, an address last.
    dated = DATE_SOON.match(text) and re.search(r"\d{4}|\d{1,2}[:.h]\d{2}", text)
    return bool(dated and has_email and (ends or quoted_next) and len(text) < 250)


def _is_tail(tail: str) -> bool:
    """What may stand after `wrote`: nothing, a name, an address."""
    tail = tail.strip(" \t:\uff1a*_>")
    if not tail or "@" in tail or tail.startswith("("):
        return True
    words = tail.split()
    return len(words) <= 6 and all(not w[0].islower() or len(w) <= 3 for w in words)


def _widened(lines: list[str], first: int, at: int) -> int:
    """Upwards, when the line itself was broken: On Monday, 4 May,↵ Carl wrote:"""
    for above in range(first - 1, max(-1, at - WINDOW), -1):
        line = lines[above].strip(DECORATION)
        if _ends_a_sentence(line):
            return first
        if OPENER.match(line) and DATE_SOON.match(line) and not _opens(lines[first]):
            return above
        if len(line) > 100 or (not line and above < first - 3):
            return first
    return first


def _opens(line: str) -> bool:
    line = line.strip(DECORATION)
    return bool(OPENER.match(line) and DATE_SOON.match(line))
