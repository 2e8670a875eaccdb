import hashlib
from typing import Self

from django.db import models

from answerable.conversations.models import Message
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Workspace


class MailIdQuerySet(models.QuerySet["MailId"]):
    def named(self, workspace_id: int, *message_ids: str) -> Self:
        hashes = [MailId.hash_of(message_id) for message_id in message_ids]
        return self.filter(workspace_id=workspace_id, id_hash__in=hashes)


class MailId(models.Model):
    """Which message a Message-ID names: every one we sent, received, or saw mentioned by it."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    id_hash = models.CharField(max_length=64)
    message = models.ForeignKey(Message, models.CASCADE, related_name="mail_ids")

    objects = MailIdQuerySet.as_manager()

    register = Register(
        personal(
            "id_hash",
            whose=Whose.CUSTOMER,
            what=What.IDENTIFIER,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "message"),
        person="message__conversation__requester",
    )

    class Meta:
        indexes = [models.Index(fields=["workspace", "id_hash"], name="mail_id_look_up")]

    def __str__(self) -> str:
        return self.id_hash[:12]

    @staticmethod
    def hash_of(message_id: str) -> str:
        return hashlib.sha256(message_id.strip().strip("<>").encode()).hexdigest()
