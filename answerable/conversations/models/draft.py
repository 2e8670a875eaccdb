from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace

if TYPE_CHECKING:
    from answerable.conversations.models.conversation import Conversation


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id, member=member)

    def seen_in(self, conversation: "Conversation", member: Member) -> Self:
        """One's own, and what colleagues will send, in a conversation that one may see."""
        return self.filter(
            models.Q(member=member) | models.Q(send_at__isnull=False), conversation=conversation
        )

    def due_to_send(self) -> Self:
        return self.filter(send_at__lte=timezone.now())


class Draft(models.Model):
    """What a member has typed and not yet sent: one for a reply and one for a note."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("Reply")
        NOTE = "note", _("Note")

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, null=True, related_name="drafts"
    )
    member = models.ForeignKey(Member, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.REPLY)
    text = models.TextField(blank=True, max_length=200_000)
    html = models.TextField(blank=True, max_length=400_000)
    subject = models.CharField(max_length=250, blank=True)
    alias = models.CharField(max_length=320, blank=True)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    seen_number = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)
    is_shared = models.BooleanField(_("Shared with the inbox"), default=False)
    needs_approval = models.BooleanField(default=False)
    approved_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    # Send later: a worker sends it then, unless the customer writes first.
    send_at = models.DateTimeField(null=True, blank=True)
    send_even_if_they_write = models.BooleanField(default=False)
    then = models.CharField(max_length=10, blank=True)

    objects = DraftQuerySet.as_manager()

    register = Register(
        personal(
            "text",
            "html",
            "subject",
            "to",
            "cc",
            "bcc",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        personal(
            "member",
            "updated_at",
            "approved_by",
            "send_at",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "conversation", "kind", "alias", "seen_number", "then"),
        plain("is_shared", "needs_approval", "send_even_if_they_write"),
        person="conversation__requester",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["send_at"],
                name="draft_to_send",
                condition=models.Q(send_at__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "member", "kind"], name="draft_one_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class DraftCommentQuerySet(models.QuerySet["DraftComment"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(draft__workspace=member.workspace_id, draft__is_shared=True)


class DraftComment(models.Model):
    """What a colleague says about a shared draft, beside it and never in it."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="comments")
    member = models.ForeignKey(Member, models.SET_NULL, null=True)
    text = models.TextField(max_length=5_000)
    at = models.DateTimeField(default=timezone.now)

    objects = DraftCommentQuerySet.as_manager()

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
            "at",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.UNLINK,
        ),
        plain("id", "draft"),
        person="draft__conversation__requester",
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]
