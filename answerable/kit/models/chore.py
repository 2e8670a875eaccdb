from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string

from answerable.kit.due import Due, ForGood, NotYet


@dataclass(frozen=True)
class Every:
    """A line of the clock: what is done again and again, and how often."""

    period: timedelta
    do: str


class Chore(Due):
    """Something the clock does again and again, once for all processes together."""

    name = models.CharField(max_length=120, unique=True)
    done_at = models.DateTimeField(null=True, blank=True)

    lease = timedelta(minutes=10)
    longest_wait = timedelta(minutes=15)
    most_attempts = 30_000

    def __str__(self) -> str:
        return self.name

    def work(self) -> None:
        every = next((line for line in clock() if line.do == self.name), None)
        if every is None:
            raise ForGood("It is no longer on the clock.")
        chore: Callable[[], object] = import_string(every.do)
        chore()
        Chore.objects.filter(pk=self.pk).update(done_at=timezone.now(), attempts=1)
        self.attempts = 1
        raise NotYet(timezone.now() + every.period)


def clock() -> Iterable[Every]:
    lines: Iterable[Every] = import_string(settings.SCHEDULE)
    return lines


def put_on_the_clock() -> None:
    """Make a row for each line of the clock that has none, and bring back what was dropped."""
    names = [line.do for line in clock()]
    Chore.objects.bulk_create([Chore(name=name) for name in names], ignore_conflicts=True)
    Chore.objects.filter(name__in=names, next_at=None).update(next_at=timezone.now())
