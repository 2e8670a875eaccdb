from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.customers.models import Customer, Identity
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, member: Member) -> Self:
        from answerable.conversations.models.conversation import Conversation  # noqa: PLC0415

        seen = Conversation.objects.visible_to(member).filter(pk=OuterRef("conversation"))
        return self.filter(Exists(seen), workspace=member.workspace_id)


class Message(models.Model):
    """Words between a customer and the company. A note is something else and never gets here."""

    class Kind(models.TextChoices):
        IN = "in", _("from the customer")
        OUT = "out", _("from us")

    class Verification(models.TextChoices):
        """How sure it is who wrote (THREATS 1.0); below TOKEN nobody joins a thread."""

        MEMBER = "member", _("Written here")
        TOKEN = "token", _("Answered our own mail")
        ALIGNED = "aligned", _("Signed by the sender's domain")
        UNVERIFIED = "unverified", _("Sender not proven")
        FAILED = "failed", _("Probably forged")

    class Delivery(models.TextChoices):
        """Where an answer stands, over all its recipients: the worst of them."""

        NONE = "", _("not sent")
        PLANNED = "planned", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        ACCEPTED = "accepted", _("sent")
        DEFERRED = "deferred", _("will be tried again")
        UNKNOWN = "unknown", _("perhaps sent")
        FAILED = "failed", _("not delivered")

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, related_name="messages"
    )
    kind = models.CharField(max_length=3, choices=Kind)
    channel = models.CharField(max_length=20, default="email")
    number = models.BigIntegerField(default=0)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True)
    identity = models.ForeignKey(Identity, models.SET_NULL, null=True)
    member = models.ForeignKey(Member, models.SET_NULL, null=True)
    from_name = models.CharField(max_length=200, blank=True)
    from_email = models.CharField(max_length=320, blank=True)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    subject = models.CharField(max_length=500, blank=True)
    new_text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    signature = models.TextField(blank=True)
    html = models.TextField(blank=True)
    masked = models.PositiveSmallIntegerField(default=0)
    is_automatic = models.BooleanField(default=False)
    verification = models.CharField(
        max_length=10, choices=Verification, default=Verification.UNVERIFIED
    )
    verification_reason = models.CharField(max_length=250, blank=True)
    joined_because = models.CharField(max_length=250, blank=True)
    problems = models.JSONField(default=list)
    message_id = models.CharField(max_length=998, blank=True)
    written_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.NONE, blank=True)
    delivery_error = models.CharField(max_length=250, blank=True)

    objects = MessageQuerySet.as_manager()

    register = Register(
        personal(
            "customer",
            "identity",
            whose=Whose.CUSTOMER,
            what=What.LINK,
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
        personal(
            "from_name",
            "from_email",
            "to",
            "cc",
            "bcc",
            "message_id",
            whose=Whose.CUSTOMER,
            what=What.CONTACT,
            purpose=Purpose.DELIVERY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.BLANK,
        ),
        personal(
            "subject",
            "new_text",
            "quoted",
            "signature",
            "html",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.BLANK,
        ),
        personal(
            "written_at",
            "created_at",
            "verification",
            "verification_reason",
            "joined_because",
            "problems",
            "delivery",
            "delivery_error",
            "is_automatic",
            "masked",
            whose=Whose.CUSTOMER,
            what=What.BEHAVIOUR,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "conversation", "kind", "channel", "number"),
        person="conversation__requester",
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["conversation", "id"], name="message_thread")]

    def __str__(self) -> str:
        return self.new_text[:40]

    @property
    def is_verified(self) -> bool:
        return self.verification in {
            Message.Verification.MEMBER,
            Message.Verification.TOKEN,
            Message.Verification.ALIGNED,
        }

    @property
    def held_until(self) -> datetime:
        """Until when its writer may take it back, if it was sent from the desk."""
        return self.created_at + timedelta(seconds=settings.UNDO_SEND_SECONDS)

    @property
    def is_held(self) -> bool:
        return self.delivery == self.Delivery.PLANNED and self.held_until > timezone.now()

    @property
    def recipients(self) -> list[str]:
        return list(dict.fromkeys([*self.to, *self.cc, *self.bcc]))
