from typing import Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from answerable.look.filters import hue
from answerable.register import Register, plain
from answerable.workspaces.models import Member, Workspace

# The colours that a tag may be given, each as one of the twelve of the look.
PALETTE = {
    "red": 1,
    "orange": 2,
    "amber": 3,
    "green": 5,
    "teal": 7,
    "blue": 9,
    "violet": 10,
    "pink": 11,
}


def hue_of(pk: int, colour: str) -> int:
    """The colour it was given, or else always the same one for the same tag."""
    return PALETTE.get(colour, hue(pk))


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

    @property
    def hue(self) -> int:
        return hue_of(self.pk, self.colour)

    @transaction.atomic
    def merge_into(self, other: "Tag") -> None:
        """Its conversations get the other tag. What was written of it stays as it was written."""
        through = Tag.conversations.through
        tagged = through.objects.filter(tag=other).values("conversation")
        through.objects.filter(tag=self).exclude(conversation__in=tagged).update(tag=other)
        self.delete()
