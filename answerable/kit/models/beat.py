from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

EVERY = timedelta(seconds=30)


class BeatQuerySet(models.QuerySet["Beat"]):
    def alive(self) -> Self:
        return self.filter(at__gte=timezone.now() - 3 * EVERY)


class Beat(models.Model):
    """A sign of life of one process: where it runs, in which roles, and what troubles it."""

    process = models.CharField(max_length=120, unique=True)
    roles = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    trouble = models.CharField(max_length=250, blank=True)

    objects = BeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.process} ({self.roles})"

    @classmethod
    def note(cls, process: str, roles: str, trouble: str) -> None:
        """This process lives; those that have been silent for a day are forgotten."""
        now = timezone.now()
        seen = {"roles": roles, "at": now, "trouble": trouble[:250]}
        cls.objects.update_or_create(process=process, defaults=seen)
        cls.objects.filter(at__lt=now - timedelta(days=1)).delete()
