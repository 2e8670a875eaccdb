"""Filling the demo's workspace: parts of some thousand conversations, a transaction each."""

import sys
import time

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from answerable.demo.bulk.cast import cast_of
from answerable.demo.bulk.ledger import Ledger
from answerable.demo.bulk.people import Crowd
from answerable.demo.bulk.phrases import Phrases
from answerable.demo.bulk.plot import Plot
from answerable.demo.bulk.tables import settle
from answerable.kit.models import ReaderCursor
from answerable.kit.readers import read_all
from answerable.search.index import index
from answerable.workspaces.models import Counter

PART = 10_000
DAYS = 180
LONG = 20_000


def fill(count: int, seed: int) -> None:
    """So many more conversations, the last of them a moment ago; the same for the same seed."""
    read_all()
    filling = Filling(count, seed, timezone.now().timestamp())
    with connection.constraint_checks_disabled():
        for first in range(0, count, PART):
            filling.write(first, min(first + PART, count))
    settle(filling.tables)


class Filling:
    """The conversations of one run, part by part."""

    def __init__(self, count: int, seed: int, now: float) -> None:
        self.count, self.now, self.begun = count, now, time.monotonic()
        cast, phrases = cast_of(count), Phrases()
        self.workspace = cast.workspace.pk
        self.plot = Plot(cast, phrases, seed, now)
        self.crowd = Crowd(self.workspace, phrases, self.plot.rng)
        self.ledger = Ledger(cast)
        self.tables = [self.crowd.customers, self.crowd.identities, *self.ledger.tables]

    @transaction.atomic
    def write(self, first: int, end: int) -> None:
        self._begin()
        passages = self.ledger.passages.last
        for number in range(first, end):
            lateness = (number + 1) / self.count
            at = self.now - 60 - (1 - lateness) * DAYS * 86_400
            who = self.crowd.somebody(at)
            self.ledger.write(self.plot.story(who, at, lateness), who)
        for table in self.tables:
            table.write()
        index().add_from(passages + 1, self.ledger.passages.last)
        self._end()
        self._tell(end)

    def _begin(self) -> None:
        """Take both counters' next numbers, and keep others from taking any."""
        self.ledger.events = Counter.take(self.workspace, "events", 0) - 1
        self.ledger.conversations = Counter.take(self.workspace, "conversations", 0) - 1

    def _end(self) -> None:
        events, conversations = self.ledger.events, self.ledger.conversations
        counter = Counter.objects.filter(workspace=self.workspace)
        counter.update(events=events, conversations=conversations)
        # Readers would do for each event what was done here for all.
        for reader in settings.EVENT_READERS:
            seen = {"number": events}
            ReaderCursor.objects.update_or_create(
                reader=reader, workspace_id=self.workspace, defaults=seen
            )

    def _tell(self, done: int) -> None:
        if self.count >= LONG:
            rate = done / (time.monotonic() - self.begun)
            sys.stderr.write(f"\r{done:,} of {self.count:,} conversations, {rate:,.0f} a second ")
            sys.stderr.write("\n" if done == self.count else "")
            sys.stderr.flush()
