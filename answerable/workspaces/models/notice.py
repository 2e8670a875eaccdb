from django.db import models
from django.utils import timezone

from answerable.kit.due import Due
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models.workspace import Workspace


class Notice(Due):
    """A mail of the installation itself to one member: invitation, welcome, notification."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, null=True, related_name="notices")
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=250)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    register = Register(
        personal(
            "to",
            whose=Whose.MEMBER,
            what=What.CONTACT,
            purpose=Purpose.DELIVERY,
            keep=Keep.SHORT,
            erase=Erase.ROW,
        ),
        personal(
            "subject",
            "text",
            "html",
            "headers",
            "message_id",
            "last_error",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.DELIVERY,
            keep=Keep.SHORT,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "sent_at", "created_at"),
        plain("attempts", "next_at", "lease_until", "fence"),
    )

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
