"""Visits to pages, in the process of the data: through the whole WSGI handler, and the floor.

The floor of a page is its own SQL, run again by the plain driver, and nothing else.
Started by bench.pages and bench.search; each line read is answered with one line of JSON.
"""

import gc
import io
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client

from bench.clock import timed

HOST = "127.0.0.1"
Figures = dict[str, Any]


class Visitor:
    """A member who has signed in, and what their visits cost."""

    def __init__(self, member: Any) -> None:
        self.application = get_wsgi_application()
        client = Client()
        client.force_login(member.user)
        self.cookie = "; ".join(f"{each.key}={each.value}" for each in client.cookies.values())

    def visit(self, path: str, **headers: str) -> bytes:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": HOST,
            "HTTP_HOST": HOST,
            "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            **headers,
        }
        began: list[str] = []
        response = self.application(environ, lambda status, _headers: began.append(status))
        body = b"".join(response)
        response.close()
        if not began[0].startswith("200"):
            raise RuntimeError(f"{path}: {began[0]}")
        return body

    def queries(self, path: str) -> list[tuple[str, Any]]:
        """The statements of one visit, with their values."""
        self.visit(path)
        return seen_by(lambda: self.visit(path))


def seen_by(act: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements that an act runs, with their values."""
    seen: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        seen.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        act()
    return [
        (sql, params) for sql, params in seen if sql.lstrip("( ").startswith(("SELECT", "WITH"))
    ]


class Floor:
    """The same SQL by the plain driver on a connection of its own."""

    def __init__(self) -> None:
        self.is_postgres = connection.vendor == "postgresql"
        connection.ensure_connection()
        copy = connection.copy("floor")
        copy.connect()
        self.raw = copy.connection

    def run(self, queries: Iterable[tuple[str, Any]]) -> int:
        cursor = self.raw.cursor()
        rows = 0
        for sql, params in queries:
            cursor.execute(sql if self.is_postgres else _marked(sql, params), params or ())
            rows += len(cursor.fetchall())
        return rows


def _marked(sql: str, params: Any) -> str:
    return sql % (("?",) * len(params)) if params else sql


class Round:
    """All pages of one member, each visited some times, each beside its floor."""

    def __init__(self, member: Any, paths: dict[str, str]) -> None:
        self.visitor, self.floor, self.paths = Visitor(member), Floor(), paths
        self.queries = {name: self.visitor.queries(path) for name, path in paths.items()}

    @property
    def cookie(self) -> str:
        return self.visitor.cookie

    def go(self, times: int) -> Figures:
        return {name: self._page(name, path, times) for name, path in self.paths.items()}

    def _page(self, name: str, path: str, times: int) -> Figures:
        return {
            "spent": timed(lambda: self.visitor.visit(path), times),
            "floor": timed(lambda: self.floor.run(self.queries[name]), times),
            "queries": len(self.queries[name]),
            "bytes": len(self.visitor.visit(path)),
        }


def serve(made: Mapping[str, Any]) -> None:
    """For each line "WHO TIMES" answer what that round cost."""
    gc.freeze()
    _say({who: each.cookie for who, each in made.items()})
    for line in sys.stdin:
        who, times = line.split()
        _say(made[who].go(int(times)))


def _say(figures: Figures) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
