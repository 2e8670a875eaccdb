"""Work that does nothing but say when it began; imported when Django is set up."""

import threading
import time
from collections.abc import Callable

from django.db import connection, models, transaction

from answerable.kit.due import Due, wake
from answerable.kit.worker import DueRows, Worker

begun = threading.Event()
at: dict[str, float] = {}


class Errand(Due):
    """Something to do."""

    name = models.CharField(max_length=50)

    class Meta:
        app_label = "bench"

    def work(self) -> None:
        at["begun"] = time.perf_counter()
        begun.set()


def worker() -> Callable[[], float]:
    """Insert, commit, wake an idle worker; seconds until it began."""
    with connection.schema_editor() as editor:
        editor.create_model(Errand)
    Worker([DueRows(Errand)], threads=4).start()
    return once


def once() -> float:
    begun.clear()
    with transaction.atomic():
        Errand.objects.create(name="bench")
        transaction.on_commit(committed)
        wake(Errand)
    begun.wait()
    return at["begun"] - at["committed"]


def committed() -> None:
    at["committed"] = time.perf_counter()
