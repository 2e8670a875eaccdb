"""What is said on a line, as short JSON."""

from collections.abc import Iterable
from dataclasses import dataclass

import orjson


@dataclass(frozen=True)
class News:
    """One event, as far as a line speaks of it."""

    number: int
    kind: str
    conversation: int

    @property
    def frame(self) -> str:
        return _json(number=self.number, kind=self.kind, conversation=self.conversation)


@dataclass(frozen=True)
class Here:
    """A colleague who views a conversation, or types in it."""

    member: int
    name: str
    typing: bool


def snapshot(number: int) -> str:
    """Too much has happened since: fetch the page anew."""
    return _json(snapshot=True, number=number)


def up(number: int) -> str:
    """Nothing is missing up to this event."""
    return _json(up=True, number=number)


def gone(number: int, conversation: int) -> str:
    """A conversation that the page shows may no longer be seen."""
    return _json(number=number, kind="gone", conversation=conversation)


def presence(conversation: int, here: Iterable[Here]) -> str:
    return _json(conversation=conversation, here=[vars(one) for one in here])


def _json(**said: object) -> str:
    return orjson.dumps(said).decode()
