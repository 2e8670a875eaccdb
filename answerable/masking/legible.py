"""A text as a reader sees it: plain digits, nothing invisible, and the way back to each place."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

OTHER = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class Legible:
    """The text to search, and for each of its characters where it stood."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def legible(text: str) -> Legible:
    """Digits of every script as 0-9; zero-width and soft characters left out."""
    pieces, places, at = [], [], 0
    for other in OTHER.finditer(text):
        shown = _shown(other.group())
        if shown != other.group():
            place = other.start()
            pieces += [text[at:place], shown]
            places += [range(at, place), range(place, place + len(shown))]
            at = place + 1
    if not pieces:
        return Legible(text, range(len(text)))
    places.append(range(at, len(text)))
    return Legible("".join([*pieces, text[at:]]), [*chain.from_iterable(places)])


@lru_cache(maxsize=4096)
def _shown(sign: str) -> str:
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    return "" if unicodedata.category(sign) in {"Cf", "Mn", "Me"} else sign
