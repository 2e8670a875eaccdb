from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import connections

CHANNEL = "answerable_hints"


class Postgres:
    """Carries hints by NOTIFY, on two connections of its own.

    It is said after the commit and not inside the transaction: a transaction that notifies
    takes a lock of the whole database until it has committed.
    """

    def __init__(self, parameters: dict[str, Any] | None = None) -> None:
        self.parameters = parameters or _of_django()
        self._out: psycopg.Connection[Any] | None = None

    def send(self, text: str) -> None:
        if self._out is None or self._out.closed:
            self._out = self._connect()
        self._out.execute("SELECT pg_notify(%s, %s)", [CHANNEL, text])

    def texts(self) -> Iterator[str | None]:
        with self._connect() as listening:
            listening.execute(f"LISTEN {CHANNEL}")
            yield None
            while True:
                for notice in listening.notifies(timeout=1, stop_after=1):
                    yield notice.payload
                yield None

    def close(self) -> None:
        if self._out is not None:
            self._out.close()

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(**self.parameters, autocommit=True, connect_timeout=5)


def _of_django() -> dict[str, Any]:
    parameters = connections["default"].get_connection_params()
    ours = {"cursor_factory", "context", "prepare_threshold", "connect_timeout", "pool"}
    return {key: value for key, value in parameters.items() if key not in ours}
