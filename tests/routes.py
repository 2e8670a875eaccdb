"""Every route of the program, and a watch on what is written behind its doors."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from answerable.workspaces.door import Door


@dataclass(frozen=True)
class Route:
    """One address of the program, with the names that stand for things in it."""

    pattern: str
    name: str
    view: Callable

    @property
    def is_ours(self) -> bool:
        return getattr(self.view, "view_class", self.view).__module__.startswith("answerable")

    @property
    def door(self) -> Door | None:
        return getattr(self.view, "door", None)

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.pattern)

    def address(self, values: dict[str, object]) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self.pattern)

    def __str__(self) -> str:
        return self.name or self.pattern


def routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Route]:
    for pattern in patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, whole)
        else:
            yield Route(whole, pattern.name or "", pattern.callback)


WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
# What belongs to the visit itself, and changes whenever somebody comes.
OF_THE_VISIT = re.compile(r"django_session|usersessions_")


@contextmanager
def nothing_written() -> Iterator[None]:
    """Not one row of any table is written, those of the visit itself apart."""
    written: list[str] = []

    def watch(execute, sql, params, many, context):
        if WRITE.match(sql) and not OF_THE_VISIT.search(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert not written, written
