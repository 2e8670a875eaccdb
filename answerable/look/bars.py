"""Bars above the lists of the desk, for what somebody should know now. Each app names its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

# What a bar shows to a member, or nothing if it is not for them now.
Content = Callable[[Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Bar:
    """One bar: its template, and what it has to say to a member."""

    key: str
    template: str
    content: Content


_bars: dict[str, Bar] = {}


def add(bar: Bar) -> None:
    """Called from an app's `ready`; the same key twice is the same bar."""
    _bars[bar.key] = bar


def bars_for(member: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for bar in _bars.values():
        content = bar.content(member)
        if content is not None:
            yield bar.template, content
