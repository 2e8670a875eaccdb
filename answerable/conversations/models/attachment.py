from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.conversations.models.draft import Draft
from answerable.conversations.models.message import Message
from answerable.conversations.models.note import Note
from answerable.files.models import File
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace

if TYPE_CHECKING:
    from answerable.conversations.models.conversation import Conversation


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, member: Member) -> Self:
        """Those of visible conversations, and those of one's own drafts."""
        from answerable.conversations.models.conversation import Conversation  # noqa: PLC0415

        seen = Conversation.objects.visible_to(member).filter(pk=OuterRef("conversation"))
        here = self.filter(workspace=member.workspace_id)
        return here.filter(Q(draft=None) & Exists(seen) | Q(draft__member=member))


class Attachment(models.Model):
    """A file that came with a message or a note, or waits in a draft, under the sender's name."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, null=True)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="attachments")
    note = models.ForeignKey(Note, models.CASCADE, null=True, related_name="attachments")
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, related_name="attachments")
    file = models.ForeignKey(File, models.PROTECT)
    name = models.CharField(_("Name"), max_length=250)
    media_type = models.CharField(max_length=120, default="application/octet-stream")
    size = models.BigIntegerField(default=0)
    content_id = models.CharField(max_length=250, blank=True)
    inline = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    register = Register(
        personal(
            "file",
            "name",
            "media_type",
            "size",
            "content_id",
            "inline",
            "created_at",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "conversation", "message", "note", "draft"),
        person="conversation__requester",
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def belong_to(
        self,
        conversation: "Conversation",
        *,
        message: Message | None = None,
        note: Note | None = None,
    ) -> None:
        """Leave the draft: sent with a message, or kept with a note."""
        self.conversation, self.message, self.note, self.draft = conversation, message, note, None
        self.save(update_fields=["conversation", "message", "note", "draft"])
