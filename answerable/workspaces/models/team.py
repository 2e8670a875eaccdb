from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models.member import Member
from answerable.workspaces.models.workspace import Workspace


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)


class Team(models.Model):
    """Members who answer together."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="teams")
    name = models.CharField(_("Name"), max_length=80)
    members = models.ManyToManyField(Member, related_name="teams", blank=True)

    objects = TeamQuerySet.as_manager()

    register = Register(
        personal(
            "members",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.ACCOUNT,
            keep=Keep.WITH_MEMBER,
            erase=Erase.UNLINK,
        ),
        plain("id", "workspace", "name"),
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="team_name_in_workspace")
        ]

    def __str__(self) -> str:
        return self.name
