from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.channels.email.models.account import MailAccount
from answerable.conversations.models import Inbox, Message
from answerable.files.models import File
from answerable.kit.due import Due
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(account__inbox__in=Inbox.objects.visible_to(member))

    def in_trouble(self) -> Self:
        """What became no message and what could not be read: the list with the Retry button."""
        return self.filter(state__in=[Mail.State.REFUSED, Mail.State.FAILED])


class Mail(Due):
    """A mail as it arrived, durable before it was acknowledged, and what became of it.

    `raw` holds the bytes only until it is filed; then `original` is the masked mail (P61).
    """

    class State(models.TextChoices):
        STORED = "stored", _("waiting to be read")
        FILED = "filed", _("filed")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("could not be read")

    class By(models.TextChoices):
        SMTP = "smtp", "SMTP"
        LMTP = "lmtp", "LMTP"
        IMAP = "imap", "IMAP"
        WEBHOOK = "webhook", _("Webhook")
        PIPE = "pipe", _("Pipe")
        DEMO = "demo", _("Demo")

    most_attempts: ClassVar[int] = 6

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    account = models.ForeignKey(MailAccount, models.CASCADE, related_name="mails")
    state = models.CharField(max_length=10, choices=State, default=State.STORED)
    reason = models.CharField(max_length=250, blank=True)
    received_by = models.CharField(max_length=10, choices=By)
    mail_from = models.CharField(max_length=320, blank=True)
    recipient = models.CharField(max_length=320, blank=True)
    peer_ip = models.GenericIPAddressField(null=True, blank=True)
    helo = models.CharField(max_length=253, blank=True)
    size = models.BigIntegerField(default=0)
    raw = models.BinaryField(null=True)
    original = models.ForeignKey(File, models.SET_NULL, null=True)
    fingerprint = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique, but only once filed
    # Of the bytes as they arrived: a sender that did not hear our answer comes with them again.
    digest = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique where it is known
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="mails")
    received_at = models.DateTimeField(default=timezone.now)
    filed_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()

    register = Register(
        personal(
            "raw",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.UNTIL_FILED,
            erase=Erase.ROW,
        ),
        personal(
            "original",
            "fingerprint",
            "digest",
            "reason",
            "last_error",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        personal(
            "mail_from",
            "recipient",
            "peer_ip",
            "helo",
            whose=Whose.CUSTOMER,
            what=What.TECHNICAL,
            purpose=Purpose.SECURITY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "account", "state", "received_by", "size", "message"),
        plain("received_at", "filed_at", "attempts", "next_at", "lease_until", "fence"),
        person="message__conversation__requester",
    )

    class Meta:
        constraints = [
            # Filing twice is impossible, whatever way the same mail came (T103, R07).
            models.UniqueConstraint(fields=["account", "fingerprint"], name="mail_filed_once"),
            models.UniqueConstraint(fields=["account", "digest"], name="mail_kept_once"),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-id"],
                name="mail_in_trouble",
                condition=models.Q(state__in=["refused", "failed"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} mail {self.pk}"

    @classmethod
    def prepare(cls) -> None:
        import answerable.channels.email.intake  # noqa: F401, PLC0415

    def work(self) -> None:
        from answerable.channels.email.intake import take_in  # noqa: PLC0415

        take_in(self)

    def failed(self, reason: str, *, for_good: bool) -> None:
        if for_good:
            rows = Mail.objects.filter(pk=self.pk)
            rows.update(state=Mail.State.FAILED, reason=reason[:250])
