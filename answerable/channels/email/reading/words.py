"""New words, quoted words and signature told apart, in any language."""

from dataclasses import dataclass

from answerable.channels.email.reading import marks
from answerable.channels.email.reading.quotes import RULE, Mark, found_in, is_quoted
from answerable.channels.email.reading.signatures import without_signature

URL_PIECE_MOST = 400


@dataclass(frozen=True, slots=True)
class Words:
    """A text, told apart; every line of it is in one of the three."""

    new: str
    quoted: str = ""
    signature: str = ""
    has_quote: bool = False
    has_forward: bool = False


@dataclass(slots=True)
class _Split:
    new: list[str]
    quoted: list[str]
    forward: list[str]


def told_apart(
    text: str,
    *,
    writer: tuple[str, str] = ("", ""),
    is_forward: bool = False,
    is_html: bool = False,
) -> Words:
    """`writer` is the name and address of the sender; `is_forward` what the subject says.

    HTML names its signatures, so that there a mere `Thanks, Carl` stays where it is.
    """
    lines = text.split("\n")
    split = _split(lines, found_in(lines), is_forward=is_forward)
    marked, split.new = _marked_signature(split.new)
    own, signature = without_signature(
        marks.removed("\n".join(split.new)), writer, thanks_close=not is_html
    )
    if marked.strip():
        signature = "\n".join(part for part in (signature, marked) if part)
    if not own.strip() and signature.strip() and not split.forward:
        own, signature = signature, ""
    new = "\n".join([own.strip("\n"), "", *split.forward]).strip() if split.forward else own
    quoted = marks.removed("\n".join(split.quoted)).strip("\n")
    has_quote, has_forward = bool(quoted), bool(split.forward)
    if not new.strip():
        return Words(marks.removed(text).strip(), "", "", has_quote, has_forward)
    new = _tidy(marks.removed(new))
    return Words(new, quoted, signature.strip("\n"), has_quote, has_forward)


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _split(lines: list[str], found: list[Mark], *, is_forward: bool) -> _Split:
    out = _Split([], [], [])
    starts = {mark.first: mark for mark in found}
    at = 0
    while at < len(lines):
        mark = starts.get(at)
        if mark and _is_forward(mark, lines, is_forward=is_forward):
            out.forward = lines[at:]
            break
        if mark:
            at = _take_quote(lines, mark, out)
        elif is_quoted(lines[at]) and (end := _end_of_block(lines, at, named=False)) > at:
            out.quoted += lines[at:end]
            at = end
        else:
            out.new.append(lines[at])
            at += 1
    return out


def _is_forward(mark: Mark, lines: list[str], *, is_forward: bool) -> bool:
    kind = mark.kind
    if kind == "container":
        inside = found_in(lines[mark.after : mark.after + 12], most=3)
        kind = next((other.kind for other in inside if other.kind != "container"), kind)
    return kind == "forward" or (is_forward and kind in {"headers", "original"})


def _take_quote(lines: list[str], mark: Mark, out: _Split) -> int:
    """Past the quotation that a mark opens: its marked lines, or all to the end."""
    if mark.new_before:
        out.new.append(mark.new_before)
    while out.new and RULE.fullmatch(out.new[-1]):
        out.quoted.append(out.new.pop())
    body = mark.after
    while body < len(lines) and not lines[body].strip(" \t\u00a0"):
        body += 1
    if mark.kind == "container":
        end = next((n for n in range(body, len(lines)) if lines[n] == marks.QUOTE_END), len(lines))
    elif mark.kind in {"attribution", "original"} and body < len(lines) and is_quoted(lines[body]):
        end = _end_of_block(lines, body, named=True)
    else:
        end = len(lines)
    out.quoted += lines[mark.first : end]
    return end


def _end_of_block(lines: list[str], at: int, *, named: bool) -> int:
    """The line after a run of quoted lines; `at` itself when this is no quotation at all."""
    if lines[at].lstrip().startswith(marks.INDENT) and not named:
        return at
    end = at
    while end < len(lines):
        if is_quoted(lines[end]) or (end > at and _belongs(lines, end)):
            end += 1
        elif not lines[end].strip() and (after := _quoted_after(lines, end)):
            end = after
        else:
            break
    alone = end - at == 1 and not named
    if alone and _has_words(lines, at - 1) and _has_words(lines, end):
        return at
    return end


def _quoted_after(lines: list[str], at: int) -> int:
    """Past blank lines, when the quotation goes on behind them."""
    for number in range(at, min(at + 3, len(lines))):
        if is_quoted(lines[number]):
            return number
        if lines[number].strip():
            return 0
    return 0


def _belongs(lines: list[str], at: int) -> bool:
    """A line that lost its > when a link in it was broken in two."""
    line = lines[at].strip()
    if not line or len(line) > URL_PIECE_MOST or not is_quoted(lines[at - 1]):
        return False
    if at + 1 >= len(lines) or not is_quoted(lines[at + 1]):
        return False
    is_piece = " " not in line and any(sign in line for sign in "=/)&%")
    is_broken = len(lines[at - 1].strip()) > 60 and line[:1].islower()
    return is_piece or is_broken or "http" in line or line.endswith(">")


def _has_words(lines: list[str], at: int) -> bool:
    return 0 <= at < len(lines) and bool(lines[at].strip()) and not is_quoted(lines[at])


def _marked_signature(lines: list[str]) -> tuple[str, list[str]]:
    """What the HTML itself calls a signature, and the lines without it."""
    if marks.SIGNATURE not in lines:
        return "", lines
    kept: list[str] = []
    signature: list[str] = []
    inside = False
    for line in lines:
        if line == marks.SIGNATURE:
            inside = True
        elif line == marks.SIGNATURE_END:
            inside = False
        elif inside:
            signature.append(line)
        else:
            kept.append(line)
    return "\n".join(signature).strip("\n"), kept
