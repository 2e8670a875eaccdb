"""Values of custom fields, kept together in one JSON column of each row."""

from typing import Any

from django.db.models import Expression, F, Func, JSONField, QuerySet, Value


class Without(Func):
    """The column without one key."""

    output_field = JSONField()

    def __init__(self, column: str, key: str) -> None:
        super().__init__(F(column), Value(key))

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        column, key = self.get_source_expressions()
        path = Value(f'$."{key.value}"')
        resolved = self.copy()
        resolved.set_source_expressions([column, path])
        return super(Without, resolved).as_sql(compiler, connection, function="JSON_REMOVE", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        more |= {"template": "(%(expressions)s)", "arg_joiner": " - "}
        return super().as_sql(compiler, connection, **more)


def having(rows: QuerySet[Any], key: str) -> QuerySet[Any]:
    return rows.filter(fields__has_key=key)


def forget(rows: QuerySet[Any], key: str) -> None:
    """Remove a field's value from every row, in one statement."""
    without: Expression = Without("fields", key)
    having(rows, key).update(fields=without)
