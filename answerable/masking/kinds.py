"""The kinds of secrets that are looked for, in this order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from answerable.masking.cards import CardNumbers
from answerable.masking.codes import SecurityCodes
from answerable.masking.secret import Secret


class Kind(Protocol):
    """One kind of secret: where it stands in a text, and what remains of it."""

    name: str

    def find(self, text: str, before: Sequence[Secret], /) -> Iterable[Secret]:
        """Those in the text. `before` are those that earlier kinds have found."""

    def shown(self, secret: Secret, sign: str, /) -> str:
        """What is written in its place."""


KINDS: tuple[Kind, ...] = (CardNumbers(), SecurityCodes())


@dataclass(frozen=True)
class Placed:
    """A secret, and what will stand there instead."""

    kind: str
    secret: Secret
    instead: str


def placed(text: str, sign: str) -> list[Placed]:
    """Every secret of the text from left to right; of two that overlap, the earlier kind's."""
    taken: list[Placed] = []
    for kind in KINDS:
        before = [placed.secret for placed in taken]
        secrets = kind.find(text, before)
        taken += [Placed(kind.name, each, kind.shown(each, sign)) for each in secrets]
    return _apart(taken)


def _apart(taken: list[Placed]) -> list[Placed]:
    rank = {kind.name: rank for rank, kind in enumerate(KINDS)}
    result: list[Placed] = []
    for each in sorted(taken, key=lambda placed: (placed.secret.start, rank[placed.kind])):
        if not result or not result[-1].secret.overlaps(each.secret):
            result.append(each)
        elif rank[each.kind] < rank[result[-1].kind]:
            result[-1] = each
    return result
