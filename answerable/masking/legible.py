"""A text as a reader sees it: plain digits, nothing invisible, and the way back to each place."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Legible:
    """The text to search, and for each of its characters where it stood."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def legible(text: str) -> Legible:
    """Digits of every script as 0-9; zero-width and soft characters left out."""
    if text.isascii():
        return Legible(text, range(len(text)))
    kept = [(place, shown) for place, sign in enumerate(text) if (shown := _shown(sign))]
    return Legible("".join(shown for _, shown in kept), [place for place, _ in kept])


def _shown(sign: str) -> str:
    if sign.isascii():
        return sign
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    return "" if unicodedata.category(sign) in {"Cf", "Mn", "Me"} else sign
