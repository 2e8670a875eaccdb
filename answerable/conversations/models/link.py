from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class LinkQuerySet(models.QuerySet["Link"]):
    def visible_to(self, member: Member) -> Self:
        """Those of conversations one may see, as far as one may see the other end too."""
        from answerable.conversations.models.conversation import Conversation  # noqa: PLC0415

        seen = Conversation.objects.visible_to(member)
        here = self.filter(workspace=member.workspace_id)
        here = here.filter(Exists(seen.filter(pk=OuterRef("conversation"))))
        other = Exists(seen.filter(pk=OuterRef("other")))
        return here.filter(models.Q(other=None) | other)


class Link(models.Model):
    """Ties a conversation to another one, or to an address elsewhere."""

    class Kind(models.TextChoices):
        RELATED = "related", _("is related to")
        DUPLICATE = "duplicate", _("is a duplicate of")
        PARENT = "parent", _("is part of")
        SPLIT = "split", _("was split from")
        MERGED = "merged", _("was merged into")
        OUTSIDE = "outside", _("is also at")

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, related_name="links"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RELATED)
    other = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, null=True, related_name="linked_from"
    )
    address = models.URLField(max_length=500, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True)
    at = models.DateTimeField(default=timezone.now)

    objects = LinkQuerySet.as_manager()

    register = Register(
        personal(
            "by",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.UNLINK,
        ),
        plain("id", "workspace", "conversation", "kind", "other", "address", "at"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "kind", "other", "address"], name="linked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.kind} {self.other_id or self.address}"
