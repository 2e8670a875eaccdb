"""The places of the desk: what the rail at its edge leads to. Each app names its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Mark:
    """A sign at a place that something there is to be looked at: a page of a few words."""

    route: str
    right: Any = None


@dataclass(frozen=True)
class Place:
    """A part of the product with a page of its own, for those who have the right to it."""

    key: str
    label: str | Promise
    icon: str
    route: str  # the name of a URL that takes the workspace's slug
    order: int = 50
    right: Any = None
    at_the_foot: bool | None = False  # None: in the member's own menu
    mark: Mark | None = None


_places: dict[str, Place] = {}


def add(place: Place) -> None:
    """Called from an app's `ready`; the same key twice is the same place."""
    _places[place.key] = place


def places_for(member: Any, *, at_the_foot: bool | None = False) -> Iterator[Place]:
    for place in sorted(_places.values(), key=lambda place: place.order):
        if place.at_the_foot is at_the_foot and (place.right is None or member.may(place.right)):
            yield place if _shows_mark(place, member) else replace(place, mark=None)


def _shows_mark(place: Place, member: Any) -> bool:
    return place.mark is None or place.mark.right is None or member.may(place.mark.right)
