from datetime import timedelta
from typing import Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from answerable.kit.due import Due, ForGood, wake
from answerable.kit.secrets import SecretField
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models.member import Member
from answerable.workspaces.models.workspace import Workspace

NOBODY_THERE = 500


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, member: Member) -> Self:
        """Those of the workspace. Never one that lets somebody in: it is its receiver's alone."""
        return self.filter(workspace=member.workspace_id, is_secret=False)


class Notice(Due):
    """A mail of the installation itself to one member: invitation, welcome, notification."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, null=True, related_name="notices")
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = SecretField()
    html = SecretField(blank=True)
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=250)
    is_secret = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    first_wait = timedelta(seconds=30)
    most_attempts = 40

    objects = NoticeQuerySet.as_manager()

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
        plain("id", "workspace", "is_secret", "sent_at", "created_at"),
        plain("attempts", "next_at", "lease_until", "fence"),
    )

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def would_have_been_sent(self) -> bool:
        """It is ready, and there is no mail server yet to hand it to."""
        return self.sent_at is None and self.next_at is None and not self.last_error

    def work(self) -> None:
        """Hand it to the installation's mail server; without one it stays to be looked at."""
        if not settings.EMAIL_HOST:
            return
        try:
            self.as_mail().send()
        except Exception as problem:
            if is_for_good(problem):
                raise ForGood(_("The mail server refused it: %s") % problem) from problem
            raise
        with transaction.atomic():
            # What lets somebody in is not kept once it is on its way.
            emptied = {"text": "", "html": ""} if self.is_secret else {}
            Notice.objects.filter(pk=self.pk).update(sent_at=timezone.now(), **emptied)
            self.finish()

    def as_mail(self) -> EmailMultiAlternatives:
        """The same mail on each try, known by its Message-ID."""
        headers = {"Message-ID": self.message_id, "Auto-Submitted": "auto-generated"}
        mail = EmailMultiAlternatives(
            self.subject, self.text, to=[self.to], headers=headers | self.headers
        )
        if self.html:
            mail.attach_alternative(self.html, "text/html")
        return mail


def is_for_good(problem: Exception) -> bool:
    """A refusal that trying again will not change (a 5xx answer to this one recipient)."""
    refused = getattr(problem, "recipients", None)
    if isinstance(refused, dict):
        return all(code >= NOBODY_THERE for code, _words in refused.values())
    return int(getattr(problem, "smtp_code", 0)) >= NOBODY_THERE


def post(notice: Notice) -> None:
    """Put it in the outgoing mail, to be sent after the commit."""
    notice.save()
    wake(Notice)
