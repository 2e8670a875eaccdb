from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.channels.email.models.account import MailAccount
from answerable.conversations.models import Conversation, Message, Participant
from answerable.kit.due import Due
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(message__conversation__in=Conversation.objects.visible_to(member))


class Delivery(Due):
    """One message on its way to one recipient, from the moment it was written."""

    class State(models.TextChoices):
        PLANNED = "planned", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        ACCEPTED = "accepted", _("accepted by the mail server")
        DEFERRED = "deferred", _("will be tried again")
        FAILED = "failed", _("refused")
        UNKNOWN = "unknown", _("perhaps sent: the line broke while the server was answering")

    class As(models.TextChoices):
        TO = "to", _("To")
        CC = "cc", _("Cc")
        BCC = "bcc", _("Bcc")

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    account = models.ForeignKey(MailAccount, models.CASCADE)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="deliveries")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True)
    recipient = models.CharField(max_length=320)
    recipient_as = models.CharField(max_length=3, choices=As, default=As.TO)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    is_automatic = models.BooleanField(default=False)
    answer = models.CharField(max_length=250, blank=True)
    sent_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    # Longer than any attempt: a lease that runs out means that the worker is gone.
    lease = timedelta(minutes=5)
    first_wait = timedelta(minutes=1)

    objects = DeliveryQuerySet.as_manager()

    register = Register(
        personal(
            "recipient",
            "recipient_as",
            "participant",
            whose=Whose.CUSTOMER,
            what=What.CONTACT,
            purpose=Purpose.DELIVERY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        personal(
            "answer",
            "last_error",
            "sent_at",
            "bounced_at",
            whose=Whose.CUSTOMER,
            what=What.BEHAVIOUR,
            purpose=Purpose.DELIVERY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "account", "message", "state", "is_automatic", "created_at"),
        plain("attempts", "next_at", "lease_until", "fence"),
        person="message__conversation__requester",
    )

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["message", "recipient"], name="delivery_once_per_recipient"
            )
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-id"],
                name="delivery_not_gone",
                condition=models.Q(state__in=["deferred", "failed", "unknown"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} → {self.recipient}"

    @property
    def is_settled(self) -> bool:
        return self.state in {self.State.ACCEPTED, self.State.FAILED, self.State.UNKNOWN}

    @classmethod
    def prepare(cls) -> None:
        import answerable.channels.email.outgoing.send  # noqa: F401, PLC0415

    def work(self) -> None:
        from answerable.channels.email.outgoing.send import send  # noqa: PLC0415

        send(self)

    def failed(self, reason: str, *, for_good: bool) -> None:
        from answerable.channels.email.outgoing.standing import note  # noqa: PLC0415

        if self.state == self.State.SENDING:
            # Something of ours broke after the server had it: sent or not, nobody knows.
            note(self, self.State.UNKNOWN, answer=reason, next_at=None)
        else:
            note(self, self.State.FAILED if for_good else self.State.DEFERRED, answer=reason)
