"""Many at once in one process, each with a connection of its own, and how often to try."""

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

# `make faults TIMES=20` tries everything twenty times as often.
TIMES = int(os.environ.get("FAULTS_TIMES", "1"))


def at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """What each of them returns. All begin in the same moment."""
    acts = list(acts)
    gate = threading.Barrier(len(acts))

    def go(act: Callable[[], Any]) -> Any:
        try:
            gate.wait(30)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(60) for done in [pool.submit(go, act) for act in acts]]
