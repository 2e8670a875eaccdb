"""What can be found: one passage for each message, note and subject."""

from django.db import models
from django.utils import timezone

from answerable.conversations.models import Conversation, Inbox
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Workspace


class Passage(models.Model):
    """Some words of a conversation in the form in which they are compared (`folding.folded`).

    Its key grows with time, so that the newest come first without sorting. The full-text index
    on it is made by the first migration: FTS5 on SQLite, tsvector with GIN on PostgreSQL.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message"
        NOTE = "note"
        SUBJECT = "subject"

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="passages")
    inbox = models.ForeignKey(Inbox, models.CASCADE)
    kind = models.CharField(max_length=8, choices=Kind)
    source = models.BigIntegerField(default=0)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    register = Register(
        personal(
            "text",
            "at",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "conversation", "inbox", "kind", "source"),
        person="conversation__requester",
    )

    class Meta:
        constraints = [
            # Reading the same events twice writes a passage once.
            models.UniqueConstraint(
                fields=["conversation", "kind", "source"], name="passage_once_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source}"
