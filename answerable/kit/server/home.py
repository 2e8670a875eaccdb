"""A database that is up to date before anybody asks it."""

import importlib.util
import pkgutil
import subprocess
import sys

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

# A number of our own for PostgreSQL's advisory locks: one process migrates, the others wait.
MIGRATING = 20_260_001


def unapplied() -> list[str]:
    """Migrations that the database has not seen, told by their file names alone: it is quick."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return [f"{label}.{name}" for label, name in _known() if (label, name) not in applied]


def migrate() -> bool:
    """Bring the database up to date if it is not; True if there was something to do."""
    if not unapplied():
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            if unapplied():
                _migrate()
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
    return True


def _migrate() -> None:
    """In a process of its own: what migrations need of memory would stay with a server for ever."""
    command = [sys.executable, "-m", "answerable", "manage", "migrate", "--no-input", "-v", "0"]
    subprocess.run(command, check=True)  # noqa: S603 - ourselves


def _known() -> list[tuple[str, str]]:
    return [
        (config.label, name)
        for config in apps.get_app_configs()
        for name in _names_in(f"{config.name}.migrations")
    ]


def _names_in(package: str) -> list[str]:
    try:
        spec = importlib.util.find_spec(package)
    except ModuleNotFoundError:
        return []
    if spec is None or spec.submodule_search_locations is None:
        return []
    found = pkgutil.iter_modules(list(spec.submodule_search_locations))
    return [name for _, name, is_package in found if not is_package and name[0] not in "_~"]
