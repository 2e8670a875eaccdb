from typing import Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from answerable.register import Register, plain
from answerable.workspaces.models import Member, Workspace


class Category(models.TextChoices):
    """What a status means to the program, whatever a workspace calls it."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    WAITING = "waiting", _("Waiting")
    SNOOZED = "snoozed", _("Snoozed")
    RESOLVED = "resolved", _("Resolved")


class StatusQuerySet(models.QuerySet["Status"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)


class Status(models.Model):
    """A workspace's own name for where a conversation stands, inside a fixed category."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="statuses")
    name = models.CharField(_("Name"), max_length=60)
    category = models.CharField(max_length=10, choices=Category)
    position = models.PositiveSmallIntegerField(default=0)

    objects = StatusQuerySet.as_manager()

    register = Register(plain("id", "workspace", "name", "category", "position"))

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "statuses"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="status_name_in_workspace")
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def remove(self, *, into: "Status | None") -> None:
        """Its conversations go to another status of the same category, or to the category itself.

        Where they stand does not change by that, so that nothing is told.
        """
        if into and (into.category, into.workspace_id) != (self.category, self.workspace_id):
            raise ValueError(into)
        self.conversation_set.update(status=into)
        self.delete()
