from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from answerable.register import Register, plain
from answerable.workspaces.models import Member, Workspace


class TagQuerySet(models.QuerySet["Tag"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)


class Tag(models.Model):
    """A word that groups conversations."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="tags")
    name = models.CharField(_("Name"), max_length=60)
    colour = models.CharField(_("Colour"), max_length=20, blank=True)

    objects = TagQuerySet.as_manager()

    register = Register(plain("id", "workspace", "name", "colour"))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="tag_name_in_workspace")
        ]

    def __str__(self) -> str:
        return self.name
