"""Readers of the event log: each with its own cursor in each workspace, each on its own.

    commit ── announce(workspace) ─▶ for every reader that is behind:
              one transaction { lock cursor · next events · reader(events) · move cursor }

A reader is a function of a list of events; it may see the same events twice, when a commit
failed, and does slow things by making rows that are due.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.module_loading import import_string

from answerable.kit import hints
from answerable.kit.models import ReaderCursor
from answerable.kit.worker import Job

log = logging.getLogger(__name__)

BATCH = 200
Reader = Callable[[Sequence[Any]], object]


def announce(workspace_id: int) -> None:
    """After the commit, tell readers and open pages that this workspace has new events."""
    transaction.on_commit(partial(hints.say, "events", str(workspace_id)), robust=True)


def readers() -> list["EventReader"]:
    return [EventReader(path) for path in settings.EVENT_READERS]


def read_all() -> int:
    """Let every reader read all there is, here and now; how many batches were read."""
    return sum(one.catch_up() for one in readers())


class EventReader:
    """One reader, as a source of jobs: one job for each workspace in which it is behind."""

    topic = "events"
    at_once = 1

    def __init__(self, path: str) -> None:
        self.label = path
        self._busy: set[int] = set()

    def is_meant(self, _word: str) -> bool:
        return True

    def take(self, limit: int) -> list[Job]:
        behind = [pk for pk in self.behind() if pk not in self._busy][:limit]
        self._busy.update(behind)
        return [
            Job(
                f"{self.label} in workspace {pk}",
                partial(self._do, pk),
                partial(self._busy.discard, pk),
            )
            for pk in behind
        ]

    def catch_up(self) -> int:
        batches = 0
        while behind := self.behind():
            batches += sum(self.read(pk) for pk in behind)
        return batches

    def behind(self) -> list[int]:
        """Workspaces with events that this reader has not seen and need not wait for."""
        cursor = ReaderCursor.objects.filter(
            reader=self.label, workspace_id=OuterRef("workspace_id")
        )
        heads = _heads().annotate(
            seen=Coalesce(Subquery(cursor.values("number")), 0),
            next_at=Subquery(cursor.values("next_at")),
        )
        ready = Q(next_at=None) | Q(next_at__lte=timezone.now())
        found: Iterable[int] = heads.filter(ready, events__gt=F("seen")).values_list(
            "workspace_id", flat=True
        )
        return list(found)

    def read(self, workspace_id: int) -> bool:
        """One batch; False when it failed and was put off."""
        try:
            with transaction.atomic():
                self._read(workspace_id)
        except Exception as problem:
            log.exception("%s fails in workspace %d", self.label, workspace_id)
            self._put_off(workspace_id, f"{type(problem).__name__}: {problem}")
            return False
        return True

    def _do(self, workspace_id: int) -> bool:
        try:
            return self.read(workspace_id)
        finally:
            self._busy.discard(workspace_id)

    def _read(self, workspace_id: int) -> None:
        cursor = self._locked(workspace_id)
        if cursor is None:
            return
        head: int = _heads().values_list("events", flat=True).get(workspace_id=workspace_id)
        # After a failure one by one, so that the event that cannot be read is named exactly.
        batch = 1 if cursor.attempts else BATCH
        log_of = _events().filter(workspace_id=workspace_id, number__lte=head)
        events = list(log_of.filter(number__gt=cursor.number).order_by("number")[:batch])
        if events:
            read: Reader = import_string(self.label)
            read(events)
        cursor.advance(events[-1].number if events else head)

    def _locked(self, workspace_id: int) -> ReaderCursor | None:
        """The cursor, ours until the commit; None while another process has it."""
        mine = {"reader": self.label, "workspace_id": workspace_id}
        rows = ReaderCursor.objects.filter(**mine)
        if not rows.exists():
            ReaderCursor.objects.bulk_create([ReaderCursor(**mine)], ignore_conflicts=True)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        return rows.first()

    def _put_off(self, workspace_id: int, reason: str) -> None:
        with transaction.atomic():
            if cursor := self._locked(workspace_id):
                cursor.put_off(reason)


def _heads() -> "models.QuerySet[Any]":
    """One row for each workspace, whose `events` is the number of its newest event."""
    model: type[models.Model] = apps.get_model(settings.EVENT_COUNTER)
    return model._base_manager.all()


def _events() -> "models.QuerySet[Any]":
    model: type[models.Model] = apps.get_model(settings.EVENT_LOG)
    return model._base_manager.all()
