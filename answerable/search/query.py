"""What somebody typed, taken apart: words, "exact phrases", and the word still being typed."""

import re
from dataclasses import dataclass

from answerable.search.folding import UNSPACED, words_of

MOST_TERMS = 12
# What begins with two letters is most of what there is.
SHORTEST_BEGINNING = 3
PIECE = re.compile(r'"([^"]*)"|(\S+)')
IS_UNSPACED = re.compile(rf"[{UNSPACED}]")


@dataclass(frozen=True)
class Term:
    """Words that stand side by side. The last of them may be a beginning."""

    words: tuple[str, ...]
    is_beginning: bool = False

    def matches(self, text: str) -> bool:
        """Does folded text have it? For the few passages that are not indexed yet."""
        needle = " " + " ".join(self.words)
        return (needle if self.is_beginning else needle + " ") in f" {text} "


@dataclass(frozen=True)
class Query:
    """All of these terms must be found."""

    terms: tuple[Term, ...]

    @property
    def is_open(self) -> bool:
        return any(term.is_beginning for term in self.terms)

    def closed(self) -> "Query":
        """The same words as whole words: far quicker to find than all that begin with them."""
        return Query(tuple(Term(term.words) for term in self.terms))

    def matches(self, text: str) -> bool:
        return all(term.matches(text) for term in self.terms)


def parse(typed: str) -> Query:
    """Never raises: what cannot be searched for is left out."""
    pieces = PIECE.findall(typed[:500])
    terms = []
    for number, (phrase, word) in enumerate(pieces, 1):
        words = tuple(words_of(phrase or word))
        if words:
            # Only the last word is still being typed.
            is_open = number == len(pieces) and bool(word) and not IS_UNSPACED.match(words[-1])
            terms.append(Term(words, is_open and len(words[-1]) >= SHORTEST_BEGINNING))
    return Query(tuple(terms[:MOST_TERMS]))
