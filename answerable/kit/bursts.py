"""Group commit: whatever waits when one commit ends shares the next.

put(item) ─▶ waiting ─▶ one thread: write(all that waits) ── commit ──▶ every put returns
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


LONGEST_GATHERING = 0.01


class Stopped(Exception):
    """It takes nothing more."""


@dataclass(eq=False)
class _Waiter(Generic[Item, Result]):
    item: Item
    weight: int
    future: asyncio.Future[Result]
    loop: asyncio.AbstractEventLoop

    def settle(self, result: Result | Exception) -> None:
        if self.future.done():
            return
        if isinstance(result, Exception):
            self.future.set_exception(result)
        else:
            self.future.set_result(result)


class Bursts(Generic[Item, Result]):
    """One writer thread that makes many items durable with one transaction.

    `write` gets the items in the order in which they came, commits, and returns one result for
    each; an item whose result is an exception raises it alone. When `write` itself raises, all
    of that burst raise. `coming` says how many more are on their way: for them a burst waits, up
    to half as long as the last write took, and never when there are none. `at_the_end` is called
    in the thread when it was stopped.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Item]], Sequence[Result | Exception]],
        *,
        name: str,
        most: int = 500,
        heaviest: int = 32 * 1024 * 1024,
        coming: Callable[[], int] = lambda: 0,
        at_the_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._write = write
        self._coming = coming
        self._at_the_end = at_the_end
        self._last_write = 0.0
        self._most = most
        self._heaviest = heaviest
        self._waiting: deque[_Waiter[Item, Result]] = deque()
        self._news = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.weight = 0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """What waits is still written; then the thread ends."""
        with self._news:
            self._stopping = True
            self._news.notify()
        if self._thread.is_alive():
            self._thread.join()

    async def put(self, item: Item, *, weight: int = 0) -> Result:
        """Its result, once it is durable. Cancelled before its turn, it is not written."""
        loop = asyncio.get_running_loop()
        waiter: _Waiter[Item, Result] = _Waiter(item, weight, loop.create_future(), loop)
        with self._news:
            if self._stopping:
                raise Stopped
            self._waiting.append(waiter)
            self.weight += weight
            self._news.notify()
        return await waiter.future

    def _run(self) -> None:
        while burst := self._next():
            began = time.monotonic()
            try:
                results = self._write([waiter.item for waiter in burst])
            except Exception as problem:  # noqa: BLE001 - told to each that waits
                results = [problem] * len(burst)
            self._last_write = time.monotonic() - began
            self._tell(burst, results)
        self._at_the_end()

    def _next(self) -> list[_Waiter[Item, Result]]:
        """All that waits, within limits; empty when it is time to end."""
        with self._news:
            while True:
                while not self._waiting and not self._stopping:
                    self._news.wait()
                self._gather()
                burst = self._take()
                if burst or self._stopping:
                    return burst

    def _gather(self) -> None:
        """Give those who are nearly here a part of the time that they would have to wait else."""
        last = time.monotonic() + min(self._last_write / 2, LONGEST_GATHERING)
        while self._coming() and len(self._waiting) < self._most and not self._stopping:
            left = last - time.monotonic()
            if left <= 0 or not self._news.wait(left):
                return

    def _take(self) -> list[_Waiter[Item, Result]]:
        burst: list[_Waiter[Item, Result]] = []
        weight = 0
        while self._waiting and len(burst) < self._most and weight <= self._heaviest:
            waiter = self._waiting.popleft()
            if waiter.future.cancelled():
                self.weight -= waiter.weight
            else:
                burst.append(waiter)
                weight += waiter.weight
        return burst

    def _tell(
        self, burst: list[_Waiter[Item, Result]], results: Sequence[Result | Exception]
    ) -> None:
        with self._news:
            self.weight -= sum(waiter.weight for waiter in burst)
        told = zip(burst, results, strict=True)
        for loop, pairs in groupby(told, key=lambda pair: pair[0].loop):
            with suppress(RuntimeError):  # a loop that was closed has nobody left to tell
                loop.call_soon_threadsafe(_settle_all, list(pairs))


def _settle_all(pairs: "list[tuple[_Waiter[Item, Result], Result | Exception]]") -> None:
    for waiter, result in pairs:
        waiter.settle(result)
