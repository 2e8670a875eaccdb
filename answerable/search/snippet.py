"""The words around what was found, with the hits told apart from the rest."""

import re

from answerable.search.folding import words_of
from answerable.search.query import Query

# A row shows some thirty letters of it, so that the hit must come early.
BEFORE, LENGTH = 14, 180
TOKEN = re.compile(r"\w+")

Piece = tuple[str, bool]


def snippet(text: str, query: Query) -> list[Piece]:
    """Pieces of `text`, each with whether it is a hit. Plain text: a page escapes it."""
    wanted = {word for term in query.terms for word in term.words}
    beginnings = tuple(term.words[-1] for term in query.terms if term.is_beginning)
    flat = " ".join(text[:20_000].split())
    hits = [
        match.span() for match in TOKEN.finditer(flat) if _is_hit(match.group(), wanted, beginnings)
    ]
    start = _word_before(flat, hits[0][0] - BEFORE) if hits else 0
    end = min(len(flat), start + LENGTH)
    return _cut(flat, start, end, hits)


def _word_before(flat: str, at: int) -> int:
    """Where the word begins that this place is in."""
    return flat.rfind(" ", 0, at) + 1 if at > 0 else 0


def _is_hit(token: str, wanted: set[str], beginnings: tuple[str, ...]) -> bool:
    words = words_of(token)
    return any(
        word in wanted or (bool(beginnings) and word.startswith(beginnings)) for word in words
    )


def _cut(flat: str, start: int, end: int, hits: list[tuple[int, int]]) -> list[Piece]:
    pieces: list[Piece] = [("…", False)] if start else []
    at = start
    for first, last in hits:
        if last <= start or first >= end:
            continue
        pieces += [(flat[at:first], False), (flat[first:last], True)]
        at = last
    pieces.append((flat[at:end], False))
    if end < len(flat):
        pieces.append(("…", False))
    return [piece for piece in pieces if piece[0]]
