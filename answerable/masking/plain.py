"""Plain text with its secrets made unreadable."""

from dataclasses import dataclass

from answerable.masking.kinds import placed
from answerable.masking.legible import legible

SIGN = "•"


@dataclass(frozen=True)
class Found:
    """A secret that was in the text. `start` and `end` are places in the text as it was."""

    kind: str
    last_four: str
    start: int
    end: int


@dataclass(frozen=True)
class Masked:
    """The text that may be kept, and what was taken out of it."""

    text: str
    found: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Cut:
    """A secret with what stands there instead, in places of the text as it was."""

    found: Found
    instead: str


def cuts(text: str, sign: str = SIGN) -> list[Cut]:
    """What to replace, from left to right."""
    seen = legible(text)
    result = []
    for each in placed(seen.text, sign):
        start, end = seen.span(each.secret.start, each.secret.end)
        result.append(Cut(Found(each.kind, each.secret.last_four, start, end), each.instead))
    return result


def mask(text: str, *, sign: str = SIGN) -> Masked:
    """The text with every secret replaced. Masking twice changes nothing more."""
    pieces, at, found = [], 0, cuts(text, sign)
    for cut in found:
        pieces += [text[at : cut.found.start], cut.instead]
        at = cut.found.end
    return Masked("".join([*pieces, text[at:]]), tuple(cut.found for cut in found))
