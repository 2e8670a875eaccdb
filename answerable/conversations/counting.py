"""How many are on each list: one query for all, and no list counted further than is shown."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

MOST = 999


def capped_counts(querysets: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Counts up to MOST + 1, which is shown as 999+."""
    if not querysets:
        return {}
    parts: list[str] = []
    values: list[Any] = []
    for queryset in querysets.values():
        sql, params = _capped(queryset)
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - compiled by Django
        values.extend(params)
    alias = next(iter(querysets.values())).db
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        row = cursor.fetchone()
    return dict(zip(querysets, row, strict=True))


def _capped(queryset: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    query = queryset.order_by().values("pk")[: MOST + 1].query
    try:
        sql, params = query.get_compiler(queryset.db).as_sql()
    except EmptyResultSet:
        # Django knows without asking; a query of nothing keeps its place among the others.
        return "SELECT 1 AS one WHERE 1 = 0", ()
    return sql, params
