from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.kit.due import Due
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class ErrandQuerySet(models.QuerySet["Errand"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id, member=member)


class Errand(Due):
    """The same acts on many conversations, done in the background with progress and a way back.

    What is chosen is a list of keys, or a filter as a view has it. `done_numbers` are the events
    that it wrote, which is what undoing it goes by.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("about to begin")
        RUNNING = "running", _("at work")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        UNDONE = "undone", _("taken back")

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    member = models.ForeignKey(Member, models.CASCADE, related_name="errands")
    acts = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    conditions = models.JSONField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    last_pk = models.BigIntegerField(default=0)
    done_numbers = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    lease = timedelta(minutes=2)
    most_attempts = 20

    objects = ErrandQuerySet.as_manager()

    register = Register(
        personal(
            "member",
            "acts",
            "chosen",
            "conditions",
            "created_at",
            whose=Whose.MEMBER,
            what=What.BEHAVIOUR,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.SHORT,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "state", "total", "done", "skipped", "last_pk", "done_numbers"),
        plain("attempts", "next_at", "lease_until", "fence", "last_error"),
        person="member",
    )

    def __str__(self) -> str:
        return f"{self.done} of {self.total}"

    @classmethod
    def prepare(cls) -> None:
        # Doing it needs lists and acts, which need models.
        from answerable.conversations import errands  # noqa: F401, PLC0415

    def work(self) -> None:
        """Go on behind the last one that was done; safe to begin again after a crash."""
        from answerable.conversations import errands  # noqa: PLC0415

        errands.run(self)

    def failed(self, reason: str, *, for_good: bool) -> None:
        if for_good:
            over = {"state": self.State.STOPPED, "last_error": reason[:250]}
            type(self).objects.filter(pk=self.pk).update(**over)

    def stop(self) -> bool:
        """Do no more of it; what is done stays done. False if it was over already."""
        going = [self.State.WAITING, self.State.RUNNING]
        rows = type(self).objects.filter(pk=self.pk, state__in=going)
        return bool(rows.update(state=self.State.STOPPED, next_at=None))

    @property
    def is_going(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def passed(self) -> int:
        return self.done + self.skipped

    @property
    def act(self) -> str:
        word: str = self.acts[0][0]
        return word

    @property
    def can_be_undone(self) -> bool:
        return bool(self.done_numbers) and self.state in {self.State.DONE, self.State.STOPPED}
