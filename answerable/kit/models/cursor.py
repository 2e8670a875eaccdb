from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)


class ReaderCursorQuerySet(models.QuerySet["ReaderCursor"]):
    def stuck(self) -> Self:
        """Those that have failed more than twice in a row on the same event."""
        return self.filter(attempts__gt=2)


class ReaderCursor(models.Model):
    """How far one reader of the event log has come in one workspace, and why it waits."""

    reader = models.CharField(max_length=120)
    workspace_id = models.BigIntegerField()
    number = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=250, blank=True)

    objects = ReaderCursorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "workspace_id"], name="reader_cursor_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader} at {self.number} in workspace {self.workspace_id}"

    def advance(self, number: int) -> None:
        self.number, self.attempts, self.last_error = number, 0, ""
        self.next_at = self.failing_since = None
        self.save()

    def put_off(self, reason: str) -> None:
        """It failed: wait longer each time. Whatever it did was rolled back."""
        self.attempts = min(self.attempts + 1, 30_000)
        self.last_error = reason[:250]
        self.failing_since = self.failing_since or timezone.now()
        self.next_at = timezone.now() + min(FIRST_WAIT * 2 ** min(self.attempts, 20), LONGEST_WAIT)
        self.save()
