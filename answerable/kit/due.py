"""Work that is due: rows that a worker claims, does and settles.

row saved ── commit ── wake(Model) ─▶ claim (lease, fence) ─▶ work() ─▶ settle
                               ▲                                 │
                               └── lease ran out, or not yet ◀───┘
"""

import logging
import random
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from answerable.kit import hints

log = logging.getLogger(__name__)


class ForGood(Exception):
    """It will never succeed: end it, with this reason."""


class Again(Exception):
    """It did not work this time, for a reason that is known: try again, later each time."""


class NotYet(Exception):
    """Nothing went wrong, it is too early: try again at `at`, and count no attempt."""

    def __init__(self, at: datetime, reason: str = "") -> None:
        super().__init__(reason)
        self.at = at


class LeaseLost(Exception):
    """Another worker has taken the row: whatever we were about to write must not be written."""


class Due(models.Model):
    """Work that must happen, kept with what it is about until it has.

    A row is due while `next_at` is in the past; an empty `next_at` means that nothing is left
    to do. `fence` grows by one with each claim, so that a worker that was thought dead cannot
    write its late result over that of its successor.
    """

    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now, null=True, blank=True, db_index=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveBigIntegerField(default=0)
    last_error = models.CharField(max_length=250, blank=True)

    # How long a worker may take before others think it dead: more than work() can ever need.
    lease: ClassVar[timedelta] = timedelta(minutes=2)
    first_wait: ClassVar[timedelta] = timedelta(seconds=5)
    longest_wait: ClassVar[timedelta] = timedelta(hours=1)
    most_attempts: ClassVar[int] = 1000
    # How many at once in one worker; 0 is all its threads but one.
    at_once: ClassVar[int] = 0

    class Meta:
        abstract = True

    @classmethod
    def prepare(cls) -> None:
        """Import what `work` needs, called once before any thread works: several threads that
        import the same modules at once can each be given half of one."""

    def work(self) -> None:
        """Do it; it may have been done before. Raising puts it back, later each time.

        Raise `ForGood` to end it with its reason, `Again` to
        try later, `NotYet` to wait without blame. Inside your
        own transaction, `finish()` makes the result and "done" one commit.
        """
        raise NotImplementedError

    def failed(self, reason: str, *, for_good: bool) -> None:
        """Told in the transaction that notes a failure: the place to change a state of your own."""

    def finish(self, **result: object) -> None:
        """Done, with these fields of the row as the result. Call it inside the transaction that
        writes whatever else follows from it; it may raise LeaseLost."""
        if not self._settle(next_at=None, last_error="", **result):
            raise LeaseLost(str(self.pk))
        self.lease_until = None

    def keep(self) -> None:
        """Still at it: a new lease. Raises LeaseLost if another worker has taken over."""
        until = timezone.now() + self.lease
        if not self._mine().update(lease_until=until):
            raise LeaseLost(str(self.pk))
        self.lease_until = until

    def give_back(self) -> None:
        """Not begun after all, as when the worker stops: due again at once."""
        self._settle(attempts=F("attempts") - 1)

    def retry(self) -> bool:
        """Try it again now, as when somebody presses the button; False while it is being tried."""
        now = timezone.now()
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        rows = type(self)._base_manager.filter(free, pk=self.pk)
        retried = rows.update(next_at=now, attempts=0, lease_until=None, fence=F("fence") + 1)
        wake(type(self))
        return bool(retried)

    def wait(self) -> timedelta:
        """How long until the next attempt: twice as long each time, and never all at once."""
        doublings = min(self.attempts - 1, 30)
        wait: timedelta = min(self.first_wait * 2**doublings, self.longest_wait)
        return wait * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing

    def claim(self, now: datetime) -> bool:
        """Take the row for one attempt. Of many that try at once, one is told True."""
        until = now + self.lease
        claimed = self._mine().filter(is_due(now))
        taken = claimed.update(lease_until=until, fence=F("fence") + 1, attempts=F("attempts") + 1)
        if taken:
            self.lease_until, self.fence, self.attempts = until, self.fence + 1, self.attempts + 1
        return bool(taken)

    def attempt(self) -> bool:
        """Work on a claimed row and settle it; True when it is done for now."""
        if self.lease_until is None or self.lease_until <= timezone.now():
            return False
        try:
            if self.attempts > self.most_attempts:
                raise ForGood(self.last_error or "It ended every worker that tried.")
            self.work()
        except LeaseLost:
            log.warning("%s %s was taken by another worker", self._meta.label, self.pk)
            return False
        except NotYet as early:
            self._settle(next_at=early.at, attempts=self.attempts - 1, last_error=str(early)[:250])
            return True
        except Exception as problem:  # noqa: BLE001 - one bad row must never stop the next
            self._note_failure(problem)
            return False
        if self.lease_until is not None:
            self._settle(next_at=None, last_error="")
        return True

    def _note_failure(self, problem: Exception) -> None:
        for_good = isinstance(problem, ForGood)
        is_known = isinstance(problem, ForGood | Again)
        reason = str(problem) if is_known else f"{type(problem).__name__}: {problem}"
        if not is_known:
            log.warning("%s %s failed", self._meta.label, self.pk, exc_info=problem)
        next_at = None if for_good else timezone.now() + self.wait()
        with transaction.atomic():
            if self._settle(next_at=next_at, last_error=reason[:250]):
                self.failed(reason, for_good=for_good)

    def _settle(self, **result: object) -> bool:
        """Note the result; False, and nothing noted, if it was settled or taken by another."""
        return bool(self._mine().exclude(lease_until=None).update(lease_until=None, **result))

    def _mine(self) -> models.QuerySet["Due"]:
        return type(self)._base_manager.filter(pk=self.pk, fence=self.fence)


def is_due(now: datetime) -> Q:
    return Q(next_at__lte=now) & (Q(lease_until=None) | Q(lease_until__lte=now))


def claim(model: type[Due], limit: int) -> list[Due]:
    """Up to `limit` rows that are due, now ours for the length of a lease, oldest first."""
    now = timezone.now()
    waiting = model._base_manager.filter(is_due(now)).order_by("next_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        with transaction.atomic():
            locked = waiting.select_for_update(skip_locked=True, of=("self",))
            return [row for row in locked[:limit] if row.claim(now)]
    # Elsewhere looking costs no lock, so that an idle worker disturbs nobody.
    rows = list(waiting[:limit])
    with transaction.atomic() if len(rows) > 1 else nullcontext():
        return [row for row in rows if row.claim(now)]


def work_off(*kinds: type[Due], limit: int = 10_000) -> int:
    """Do whatever is due of these kinds, here and now, and what that makes due; how many."""
    worked = 0
    while worked < limit:
        rows = [row for kind in kinds for row in claim(kind, 20)]
        if not rows:
            break
        for row in rows:
            row.attempt()
        worked += len(rows)
    return worked


def wake(*kinds: type[Due]) -> None:
    """After the commit, have workers look for these at once. It may be lost without harm."""
    transaction.on_commit(partial(_ring, [kind._meta.label for kind in kinds]), robust=True)


def _ring(labels: Iterable[str]) -> None:
    for label in labels:
        hints.say("due", label)
