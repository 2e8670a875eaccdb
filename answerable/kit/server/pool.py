"""A fixed number of long-lived threads, and a line before them that has an end."""

import queue
import threading
from collections.abc import Callable

from django.db import connections

Work = Callable[[], None]


class Pool:
    """Threads that live as long as the program, so that each keeps its database connection."""

    def __init__(self, threads: int, *, line: int, name: str = "page") -> None:
        self._line = line
        self._works: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._labour, name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def take(self, work: Work) -> bool:
        """Have a thread do it; False, and nothing done, when too many wait already."""
        if self._works.qsize() >= self._line:
            return False
        self._works.put(work)
        return True

    def close(self) -> None:
        """End the threads after what they have taken, and with them their connections."""
        for _ in self._threads:
            self._works.put(None)
        for thread in self._threads:
            thread.join(5)

    def _labour(self) -> None:
        while (work := self._works.get()) is not None:
            work()
        connections.close_all()
