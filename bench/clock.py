"""Milliseconds, by the clock and of the processor."""

import statistics
import time
from collections.abc import Callable

Spent = list[tuple[float, float]]


def timed(act: Callable[[], object], times: int) -> Spent:
    """By the clock, and of the processor alone, each time."""
    spent = []
    for _ in range(times):
        clock, processor = time.perf_counter(), time.thread_time()
        act()
        after = time.perf_counter() - clock, time.thread_time() - processor
        spent.append((after[0] * 1000, after[1] * 1000))
    return spent


def by_clock(spent: Spent) -> dict[str, float]:
    return _of([each[0] for each in spent])


def of_processor(spent: Spent) -> dict[str, float]:
    """Does not grow when others work on the same machine."""
    return _of([each[1] for each in spent])


def _of(values: list[float]) -> dict[str, float]:
    values = sorted(values)
    p95 = values[max(0, int(len(values) * 0.95) - 1)]
    return {"p50": round(statistics.median(values), 2), "p95": round(p95, 2)}
