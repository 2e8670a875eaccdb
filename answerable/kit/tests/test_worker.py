import threading

import pytest
from django.db import transaction

from answerable.kit.due import wake
from answerable.kit.tests.errands import Errand
from answerable.kit.worker import DueRows, Job, Worker


@pytest.fixture
def worker(errands):
    """A worker that would find nothing by itself for a long time: only a wake helps."""
    worker = Worker([DueRows(Errand)], threads=2, poll=60)
    worker.start()
    yield worker
    assert worker.stop(timeout=5)


def test_a_wake_after_the_commit_starts_the_work(worker, errands):
    done = threading.Event()
    Errand.script["shop"] = lambda _errand: done.set()

    with transaction.atomic():
        errands.create(name="shop")
        wake(Errand)

    assert done.wait(5)


def test_a_worker_finds_what_is_due_without_a_wake(errands):
    done = threading.Event()
    Errand.script["shop"] = lambda _errand: done.set()
    worker = Worker([DueRows(Errand)], threads=1, poll=0.05)
    worker.start()

    errands.create(name="shop")

    assert done.wait(5)
    assert worker.stop(timeout=5)


def test_work_of_one_kind_never_takes_every_thread(errands):
    stuck, other = threading.Event(), threading.Event()
    slow = Heap("slow", [Job(f"slow {number}", lambda: stuck.wait(10)) for number in range(9)])
    quick = Heap("quick", [Job("quick", lambda: other.set() or True)])
    worker = Worker([slow, quick], threads=2, poll=0.05)
    worker.start()

    assert other.wait(5)
    stuck.set()
    assert worker.stop(timeout=5)


def test_stopping_gives_back_what_was_not_begun():
    begun, leave, returned = threading.Event(), threading.Event(), []
    first = Job("first", lambda: begun.set() or leave.wait(10))
    second = Job("second", lambda: True, lambda: returned.append("second"))
    worker = Worker([Heap("jobs", [first, second])], threads=1, poll=60)
    worker.start()
    begun.wait(5)
    threading.Timer(0.05, leave.set).start()

    assert worker.stop(timeout=5)

    assert returned == ["second"]


def test_a_worker_tells_its_health(worker, errands):
    begun, leave = threading.Event(), threading.Event()
    Errand.script["shop"] = lambda _errand: begun.set() or leave.wait(5)
    errands.create(name="shop")
    worker.ring(Errand._meta.label)
    begun.wait(5)

    health = worker.health()
    leave.set()

    assert health.running
    assert [*health.doing] == [f"kit_tests.Errand {errands.get().pk}"]


class Heap:
    """Jobs that lie there from the beginning."""

    at_once = 0
    topic = "heaps"

    def __init__(self, label, jobs):
        self.label = label
        self.jobs = jobs

    def take(self, limit):
        taken, self.jobs = self.jobs[:limit], self.jobs[limit:]
        return taken
