from typing import Self

from django.db import models
from django.utils import timezone

from answerable.channels.email.models.account import MailAccount
from answerable.conversations.models import Inbox
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(account__inbox__in=Inbox.objects.visible_to(member))


class Outgoing(models.Model):
    """A mail that would have left, kept to be looked at while no mail server is set up."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    account = models.ForeignKey(MailAccount, models.CASCADE, related_name="outbox")
    delivery = models.ForeignKey("email.Delivery", models.CASCADE, null=True)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=500, blank=True)
    raw = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)

    objects = OutgoingQuerySet.as_manager()

    register = Register(
        personal(
            "recipient",
            "subject",
            "raw",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.DELIVERY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "account", "delivery", "at"),
        person="delivery__message__conversation__requester",
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
