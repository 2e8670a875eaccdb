"""A worker: threads that do what their sources say is due.

hint or poll ─▶ scout ─▶ source.take(n) ─▶ waiting jobs ─▶ threads
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

from django.db import close_old_connections, connections
from django.utils import timezone

from answerable.kit import hints
from answerable.kit.due import Due, claim

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One thing to do; True from `do` when it went well."""

    name: str
    do: Callable[[], bool]
    give_back: Callable[[], object] = lambda: None


class Source(Protocol):
    """Where jobs come from."""

    label: str
    at_once: int
    topic: str

    def is_meant(self, word: str) -> bool:
        """Does this word on our topic say that there is something to take?"""

    def take(self, limit: int) -> Sequence[Job]:
        """At most `limit` jobs, which are then ours to do."""


class DueRows:
    """The rows of one Due model as jobs."""

    topic = "due"

    def __init__(self, model: type[Due]) -> None:
        self.model = model
        self.label = model._meta.label
        self.at_once = model.at_once

    def is_meant(self, word: str) -> bool:
        return word == self.label

    def take(self, limit: int) -> list[Job]:
        rows = claim(self.model, limit)
        return [Job(f"{self.label} {row.pk}", row.attempt, row.give_back) for row in rows]


@dataclass
class Line:
    """The jobs of one source that wait and that are being done in this worker."""

    source: Source
    at_once: int
    waiting: deque[Job] = field(default_factory=deque)
    doing: int = 0
    rung: bool = True

    @property
    def has_hands(self) -> bool:
        return self.doing < self.at_once

    @property
    def room(self) -> int:
        return 2 * self.at_once - len(self.waiting)


@dataclass(frozen=True)
class Health:
    """What a worker says of itself."""

    running: bool
    looked_at: datetime | None
    doing: dict[str, datetime]
    done: int
    failed: int
    trouble: str


class Worker:
    """Does the work of its sources on a few threads until it is stopped."""

    def __init__(self, sources: Iterable[Source], *, threads: int = 4, poll: float = 1.0) -> None:
        sources = list(sources)
        most = max(1, threads - 1 if len(sources) > 1 else threads)
        self._lines = {
            source.label: Line(source, min(source.at_once or most, threads)) for source in sources
        }
        self._poll = poll
        self._condition = threading.Condition()
        self._bell = threading.Event()
        self._stopping = False
        self._doing: dict[str, datetime] = {}
        self._done = self._failed = 0
        self._looked_at: datetime | None = None
        self._trouble = ""
        self._forget: list[Callable[[], None]] = []
        names = ["scout", *(f"worker-{number}" for number in range(threads))]
        targets = [self._scout, *[self._labour] * threads]
        self._threads = [
            threading.Thread(target=self._in_thread, args=[target], name=name, daemon=True)
            for name, target in zip(names, targets, strict=True)
        ]

    def start(self) -> None:
        for line in self._lines.values():
            self._forget.append(hints.hear(line.source.topic, partial(self._heard, line)))
        self._bell.set()
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 30) -> bool:
        """Finish what is being done and take nothing new; False if something still runs."""
        for forget in self._forget:
            forget()
        self._stopping = True
        self._bell.set()
        with self._condition:
            self._condition.notify_all()
        deadline = timezone.now().timestamp() + timeout
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0, deadline - timezone.now().timestamp()))
        return not any(thread.is_alive() for thread in self._threads)

    def ring(self, label: str) -> None:
        """Look for work of this label now."""
        if line := self._lines.get(label):
            line.rung = True
            self._bell.set()

    def _heard(self, line: Line, word: str) -> None:
        if line.source.is_meant(word):
            self.ring(line.source.label)

    def health(self) -> Health:
        running = all(thread.is_alive() for thread in self._threads)
        doing = dict(self._doing)
        return Health(running, self._looked_at, doing, self._done, self._failed, self._trouble)

    def _in_thread(self, target: Callable[[], None]) -> None:
        try:
            target()
        finally:
            connections.close_all()

    def _scout(self) -> None:
        while not self._stopping:
            rung = self._bell.wait(self._poll)
            self._bell.clear()
            close_old_connections()
            for line in self._lines.values():
                if line.rung or not rung:
                    self._fill(line)
            self._looked_at = timezone.now()
        for line in self._lines.values():
            self._give_back(line)

    def _give_back(self, line: Line) -> None:
        while True:
            with self._condition:
                if not line.waiting:
                    return
                job = line.waiting.popleft()
            job.give_back()

    def _fill(self, line: Line) -> None:
        """Fetch jobs for a line that has room; it stays rung while there may be more."""
        room = line.room
        line.rung = False
        if room < line.at_once:
            line.rung = True
            return
        try:
            jobs = line.source.take(room)
        except Exception as problem:  # noqa: BLE001 - the next look may find the database back
            self._note_trouble(f"{line.source.label}: {problem}"[:250])
            connections.close_all()
            return
        self._trouble = ""
        line.rung = line.rung or len(jobs) == room
        with self._condition:
            line.waiting.extend(jobs)
            self._condition.notify(len(jobs))

    def _note_trouble(self, trouble: str) -> None:
        """Once, not at every look: a database that is away is away for many of them."""
        if trouble != self._trouble:
            log.exception("No work can be taken from %s", trouble)
        self._trouble = trouble

    def _labour(self) -> None:
        while (taken := self._next()) is not None:
            line, job = taken
            close_old_connections()
            well = self._do(job)
            with self._condition:
                line.doing -= 1
                self._done += well
                self._failed += not well
                self._condition.notify()
            if line.rung and line.room >= line.at_once:
                self._bell.set()

    def _next(self) -> tuple[Line, Job] | None:
        """The next job whose line is not at its limit; None when it is time to stop."""
        with self._condition:
            while not self._stopping:
                able = [one for one in self._lines.values() if one.waiting and one.has_hands]
                if able:
                    line = min(able, key=lambda one: one.doing)
                    line.doing += 1
                    return line, line.waiting.popleft()
                self._condition.wait()
        return None

    def _do(self, job: Job) -> bool:
        self._doing[job.name] = timezone.now()
        try:
            return job.do()
        except Exception:
            # The database went away while the result was noted: the lease brings it back.
            log.exception("%s ended without a result", job.name)
            connections.close_all()
            return False
        finally:
            self._doing.pop(job.name, None)
