"""Rows on their way into the database by the fastest road: executemany, or COPY.

A row is made of what a database is given in the end (numbers and text), for both alike.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - columns hold UTC without saying so
NOTHING = "\\N"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Table:
    """New rows of one model: the columns that differ, with each field's default for the rest."""

    def __init__(self, model: type[models.Model], columns: str) -> None:
        names, key = columns.split(), model._meta.pk
        assert key  # noqa: S101 - every model has one
        self.model = model
        self.last: int = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        fields = {field.attname: field for field in model._meta.concrete_fields}
        rest = [fields[name] for name in fields if name not in {key.attname, *names}]
        self._columns: list[Any] = [key.column, *(fields[name].column for name in names)]
        self._columns += [field.column for field in rest]
        self._rest = tuple(_stored(field) for field in rest)
        self._rows: list[tuple[Any, ...]] = []

    def add(self, *values: object) -> int:
        """A row with these columns; its key."""
        self.last += 1
        self._rows.append((self.last, *values, *self._rest))
        return self.last

    def write(self) -> None:
        if self._rows:
            put(self.model._meta.db_table, self._columns, self._rows)
        self._rows = []


def put(table: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    columns = ", ".join(map(connection.ops.quote_name, names))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write("\t".join(map(_copied, row)) + "\n")
            return
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - names of ours
            rows,
        )


def moment(seconds: float) -> str:
    """A moment as both databases take it."""
    return (EPOCH + timedelta(seconds=seconds)).isoformat(" ")


def settle(tables: Iterable[Table]) -> None:
    """Keys go on after the last one, and the planner knows how much there is now."""
    reset = connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables])
    with connection.cursor() as cursor:
        for statement in reset:
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _stored(field: "models.Field[Any, Any]") -> Any:
    value = field.get_default()
    if isinstance(field, models.JSONField):
        return json.dumps(value)
    value = field.get_db_prep_save(value, connection)
    return value if value is None or isinstance(value, int) else str(value)


def _copied(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value.translate(ESCAPES) if not value.isalnum() else value
    return str(value)
