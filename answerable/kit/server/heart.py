"""The signs of life of a process, in a thread of their own."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Sequence

from django.db import connections

from answerable.kit.models.beat import EVERY, Beat
from answerable.kit.worker import Worker

log = logging.getLogger(__name__)


class Heart:
    """Notes every half minute that this process lives, and what troubles its worker."""

    def __init__(self, roles: Sequence[str], worker: Worker | None) -> None:
        self.name = f"{socket.gethostname()} {os.getpid()}"
        self.roles = ", ".join(roles)
        self.worker = worker
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heart", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(5)

    def _beat(self) -> None:
        self._try(self._note)
        while not self._stop.wait(EVERY.total_seconds()):
            self._try(self._note)
        self._try(Beat.objects.filter(process=self.name).delete)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as problem:  # noqa: BLE001 - whatever it is, the next beat tries again
            log.warning("The sign of life could not be noted: %s", problem)
        connections.close_all()

    def _note(self) -> None:
        trouble = ""
        if self.worker:
            health = self.worker.health()
            trouble = health.trouble or ("" if health.running else "A thread has ended.")
        Beat.note(self.name, self.roles, trouble)
