from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

from django.db import models

from answerable.kit.due import Due


class Errand(Due):
    """Something to do, as the test's script says for its name."""

    name = models.CharField(max_length=50)
    state = models.CharField(max_length=10, default="planned")
    reason = models.TextField(blank=True)

    script: ClassVar[dict[str, Callable[["Errand"], None]]] = {}
    most_attempts = 3
    first_wait = timedelta(seconds=10)

    class Meta:
        app_label = "kit_tests"

    def work(self) -> None:
        self.script.get(self.name, lambda _errand: None)(self)
        type(self).objects.filter(pk=self.pk).update(state="done")

    def failed(self, reason: str, *, for_good: bool) -> None:
        state = "failed" if for_good else "deferred"
        type(self).objects.filter(pk=self.pk).update(state=state, reason=reason)
