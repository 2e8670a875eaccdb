"""Many waiters, one commit."""

import asyncio
import threading
import time

import pytest

from answerable.kit.bursts import Bursts, Stopped


@pytest.fixture
def bursts_of():
    """Starts bursts, and stops them after the test."""
    started = []

    def start(write, **options):
        bursts = Bursts(write, name="test", **options)
        bursts.start()
        started.append(bursts)
        return bursts

    yield start
    for bursts in started:
        bursts.stop()


async def test_what_waits_while_one_commit_runs_shares_the_next(bursts_of):
    sizes, begun, go_on = [], threading.Event(), threading.Event()

    def write(items):
        sizes.append(len(items))
        begun.set()
        go_on.wait(5)
        return [item * 2 for item in items]

    bursts = bursts_of(write)
    first = asyncio.create_task(bursts.put(0))
    await asyncio.to_thread(begun.wait, 5)
    rest = [asyncio.create_task(bursts.put(n)) for n in range(1, 6)]
    await asyncio.sleep(0)
    go_on.set()

    assert await asyncio.gather(first, *rest) == [0, 2, 4, 6, 8, 10]
    assert sizes == [1, 5]


async def test_one_bad_item_fails_alone(bursts_of):
    bursts = bursts_of(lambda items: [ValueError(n) if n == 2 else n for n in items])

    results = await asyncio.gather(*map(bursts.put, range(4)), return_exceptions=True)

    assert [type(result) for result in results] == [int, int, ValueError, int]


async def test_a_failed_commit_is_told_to_all_and_the_next_one_works(bursts_of):
    failures = [OSError("disk full")]

    def write(items):
        if failures:
            raise failures.pop()
        return items

    bursts = bursts_of(write)
    with pytest.raises(OSError, match="disk full"):
        await bursts.put(1)

    assert await bursts.put(2) == 2


async def test_a_burst_is_bounded_by_number_and_by_weight(bursts_of):
    sizes, go_on = [], threading.Event()

    def write(items):
        go_on.wait(5)
        sizes.append(len(items))
        return items

    bursts = bursts_of(write, most=4, heaviest=100)
    waiting = [asyncio.create_task(bursts.put(n, weight=60)) for n in range(9)]
    await asyncio.sleep(0.01)
    go_on.set()
    await asyncio.gather(*waiting)

    assert max(sizes) <= 2
    assert bursts.weight == 0


async def test_what_is_cancelled_before_its_turn_is_not_written(bursts_of):
    written, go_on = [], threading.Event()

    def write(items):
        go_on.wait(5)
        written.extend(items)
        return items

    bursts = bursts_of(write, most=1)
    first = asyncio.create_task(bursts.put("first"))
    second = asyncio.create_task(bursts.put("second"))
    await asyncio.sleep(0.01)
    second.cancel()
    await asyncio.sleep(0)
    go_on.set()
    await first
    await bursts.put("third")

    assert written == ["first", "third"]


async def test_stopping_writes_what_waits_and_takes_nothing_more(bursts_of):
    bursts = bursts_of(lambda items: items)
    waiting = [asyncio.create_task(bursts.put(n)) for n in range(10)]
    await asyncio.sleep(0)
    await asyncio.to_thread(bursts.stop)

    assert await asyncio.gather(*waiting) == list(range(10))
    with pytest.raises(Stopped):
        await bursts.put(11)


async def test_a_burst_waits_a_little_for_those_who_are_nearly_here(bursts_of):
    sizes, coming = [], [0]

    def write(items):
        time.sleep(0.02)
        sizes.append(len(items))
        return items

    bursts = bursts_of(write, coming=lambda: coming[0])
    await bursts.put("one that shows how long a write takes")
    coming[0] = 1
    first = asyncio.create_task(bursts.put("first"))
    await asyncio.sleep(0.002)
    coming[0] = 0
    await asyncio.gather(first, bursts.put("second"))

    assert sizes == [1, 2]
