from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from answerable.register import Register, plain
from answerable.workspaces.models import Member, Team, Workspace
from answerable.workspaces.rights import Right


class InboxQuerySet(models.QuerySet["Inbox"]):
    def visible_to(self, member: Member) -> Self:
        """Those a member may read: by role all, else those they or their teams are let into."""
        here = self.filter(workspace=member.workspace_id)
        if not member.may(Right.READ):
            return here.none()
        if member.role.all_inboxes:
            return here
        return here.filter(Q(members=member) | Q(teams__members=member)).distinct()


class Inbox(models.Model):
    """Where conversations arrive; a company has one or many, each with its people."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="inboxes")
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(max_length=20, default="email")
    teams = models.ManyToManyField(Team, related_name="inboxes", blank=True)
    members = models.ManyToManyField(Member, related_name="inboxes", blank=True)

    objects = InboxQuerySet.as_manager()

    register = Register(plain("id", "workspace", "name", "kind", "teams", "members"))

    class Meta:
        verbose_name_plural = "inboxes"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="inbox_name_in_workspace")
        ]

    def __str__(self) -> str:
        return self.name


def inbox_ids(member: Member) -> list[int] | None:
    """The inboxes a member may read, None for all; looked up once per member object."""
    if member.may(Right.READ) and member.role.all_inboxes:
        return None
    if "inbox_ids" not in member.__dict__:
        visible = Inbox.objects.visible_to(member)
        member.__dict__["inbox_ids"] = list(visible.values_list("pk", flat=True))
    ids: list[int] = member.__dict__["inbox_ids"]
    return ids
