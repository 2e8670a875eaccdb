"""Which carrier an installation has."""

from django.conf import settings
from django.db import connection

from answerable.kit.hints.post import Carrier


def carrier() -> Carrier | None:
    """Valkey where there is one, else PostgreSQL; with SQLite there is but one process."""
    # Each imported only where it is used: their libraries are optional.
    if settings.REDIS_URL:
        from answerable.kit.hints.valkey import Valkey  # noqa: PLC0415

        return Valkey(settings.REDIS_URL)
    if connection.vendor == "postgresql":
        from answerable.kit.hints.postgres import Postgres  # noqa: PLC0415

        return Postgres()
    return None
