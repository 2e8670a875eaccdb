"""Ends a wait from another thread."""

import os
import threading
import weakref
from contextlib import suppress


class Bell:
    """A pipe that whoever waits can listen to, beside a socket."""

    def __init__(self) -> None:
        self.ear, self._mouth = os.pipe()
        os.set_blocking(self.ear, False)
        os.set_blocking(self._mouth, False)
        self.stopped = threading.Event()
        # Not when a thread ends: another may be about to ring, and the number be taken again.
        weakref.finalize(self, _close, self.ear, self._mouth)

    def ring(self) -> None:
        with suppress(BlockingIOError):
            os.write(self._mouth, b"!")

    def hush(self) -> None:
        with suppress(BlockingIOError):
            while os.read(self.ear, 4096):
                pass

    def stop(self) -> None:
        self.stopped.set()
        self.ring()


def _close(*ends: int) -> None:
    for end in ends:
        os.close(end)
