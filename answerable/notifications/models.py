"""What a member was told, and whether they have looked."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from answerable.conversations.models import Conversation, Event
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, member: Member) -> Self:
        """One's own, as long as one may see what they are about."""
        seen = Conversation.objects.visible_to(member).filter(pk=OuterRef("event__conversation"))
        return self.filter(Exists(seen), member=member)


class Notification(models.Model):
    """Tells one member of one event. Telling them twice is impossible."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    member = models.ForeignKey(Member, models.CASCADE, related_name="notifications")
    event = models.ForeignKey(Event, models.CASCADE)
    read_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = NotificationQuerySet.as_manager()

    register = Register(
        personal(
            "member",
            "read_at",
            "created_at",
            whose=Whose.MEMBER,
            what=What.BEHAVIOUR,
            purpose=Purpose.SERVICE,
            keep=Keep.SHORT,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "event"),
        person="member",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "event"], name="told_once_of_an_event")
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.member_id}"
