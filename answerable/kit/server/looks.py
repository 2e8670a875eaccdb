"""What `answerable check` looks at on the ground floor."""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import connection
from django.utils import timezone

from answerable.kit.due import Due
from answerable.kit.models import Beat, ReaderCursor
from answerable.kit.server.check import Finding, seen
from answerable.kit.server.home import unapplied

LITTLE_DISK = 500_000_000
LATE = timedelta(minutes=5)


def ground() -> Iterator[Finding]:
    for look in (configuration, data_folder, database, processes, work, readers):
        yield from seen(look)


def configuration() -> Iterator[Finding]:
    for message in run_checks():
        yield Finding(message.level < WARNING, "settings", str(message).replace("\n", " "))
    yield Finding(
        True, "address", f"{settings.SITE_URL}, served on {settings.HOST}:{settings.PORT}"
    )


def data_folder() -> Iterator[Finding]:
    folder = settings.DATA
    yield Finding(os.access(folder, os.W_OK), "data folder", f"{folder} can be written to")
    key = folder / "secret-key"
    if key.exists():
        mode = stat.S_IMODE(key.stat().st_mode)
        yield Finding(not mode & 0o077, "secret key", f"its file has the mode {mode:o}")
    free = shutil.disk_usage(folder).free
    yield Finding(free > LITTLE_DISK, "disk", f"{free // 1_000_000} MB are free")


def database() -> Iterator[Finding]:
    connection.ensure_connection()
    yield Finding(True, "database", f"{connection.vendor} answers")
    missing = unapplied()
    words = f"{len(missing)} changes are not applied yet" if missing else "it is up to date"
    yield Finding(not missing, "database", words)


def processes() -> Iterator[Finding]:
    beats = list(Beat.objects.alive())
    for beat in beats:
        yield Finding(not beat.trouble, "process", f"{beat} is alive. {beat.trouble}".strip())
    if not beats:
        yield Finding(True, "process", "none is running")


def work() -> Iterator[Finding]:
    for model in apps.get_models():
        if issubclass(model, Due):
            yield _work_of(model)


def readers() -> Iterator[Finding]:
    stuck = list(ReaderCursor.objects.stuck())
    for cursor in stuck:
        since = f"{cursor.failing_since:%Y-%m-%d %H:%M}" if cursor.failing_since else "now"
        yield Finding(
            False,
            "reader",
            f"{cursor.reader} is stuck in workspace {cursor.workspace_id} after event "
            f"{cursor.number} since {since}: {cursor.last_error}",
        )
    if not stuck:
        yield Finding(True, "readers", "none is stuck")


def _work_of(model: type[Due]) -> Finding:
    name = str(model._meta.verbose_name_plural)
    now = timezone.now()
    waiting = model._base_manager.filter(next_at__isnull=False)
    late = waiting.filter(next_at__lt=now - LATE, lease_until=None).count()
    failing = waiting.filter(attempts__gt=2).exclude(last_error="").count()
    words = f"{waiting.count()} waiting, {late} late, {failing} failing"
    return Finding(not late, name, words)
