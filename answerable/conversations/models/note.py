from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Team, Workspace


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, member: Member) -> Self:
        from answerable.conversations.models.conversation import Conversation  # noqa: PLC0415

        seen = Conversation.objects.visible_to(member).filter(pk=OuterRef("conversation"))
        return self.filter(Exists(seen), workspace=member.workspace_id)


class Note(models.Model):
    """Words between colleagues. Its own type: no sender of any channel can be given one."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, related_name="notes"
    )
    member = models.ForeignKey(Member, models.SET_NULL, null=True)
    text = models.TextField(max_length=50_000)
    number = models.BigIntegerField(default=0)
    masked = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    objects = NoteQuerySet.as_manager()

    register = Register(
        personal(
            "text",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        personal(
            "member",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.UNLINK,
        ),
        plain("id", "workspace", "conversation", "number", "masked", "created_at"),
        person="conversation__requester",
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["conversation", "id"], name="note_thread")]

    def __str__(self) -> str:
        return self.text[:40]


class MentionQuerySet(models.QuerySet["Mention"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(member=member)


class Mention(models.Model):
    """A colleague or a team that a note calls upon."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, related_name="mentions"
    )
    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="mentions")
    team = models.ForeignKey(Team, models.CASCADE, null=True)

    objects = MentionQuerySet.as_manager()

    register = Register(
        personal(
            "member",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "note", "conversation", "team"),
        person="member",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "member"], name="mentioned_once_in_note"),
            models.UniqueConstraint(fields=["note", "team"], name="team_mentioned_once_in_note"),
        ]
        indexes = [models.Index(fields=["member", "conversation"], name="mention_of_member")]

    def __str__(self) -> str:
        return f"{self.member_id or self.team_id} in {self.note_id}"
