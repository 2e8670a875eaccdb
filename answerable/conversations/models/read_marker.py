from typing import Self

from django.db import models

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member


class ReadMarkerQuerySet(models.QuerySet["ReadMarker"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(member=member)


class ReadMarker(models.Model):
    """How far one member has read one conversation; unread is personal."""

    member = models.ForeignKey(Member, models.CASCADE)
    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, related_name="read_markers"
    )
    number = models.BigIntegerField(default=0)
    starred = models.BooleanField(default=False)
    following = models.BooleanField(default=False)
    muted = models.BooleanField(default=False)

    objects = ReadMarkerQuerySet.as_manager()

    register = Register(
        personal(
            "member",
            "number",
            "starred",
            "following",
            "muted",
            whose=Whose.MEMBER,
            what=What.BEHAVIOUR,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "conversation"),
        person="member",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "conversation"], name="read_marker_of_member")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} read {self.conversation_id} up to {self.number}"
