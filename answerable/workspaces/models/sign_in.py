from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models.member import Member
from answerable.workspaces.models.user import User
from answerable.workspaces.sessions import name_of


class SignInQuerySet(models.QuerySet["SignIn"]):
    def visible_to(self, member: Member) -> Self:
        """Those of the members of one's own workspace (P24). Ask Right.SIGN_INS besides."""
        return self.filter(user__memberships__workspace=member.workspace_id)


class SignIn(models.Model):
    """One attempt to sign in, or a sign-out, with where it came from."""

    class Outcome(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        REFUSED = "refused", _("Refused")
        LOCKED = "locked", _("Tried too often")
        SIGNED_OUT = "signed_out", _("Signed out")
        PASSWORD_RESET = "password_reset", _("New password")

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    outcome = models.CharField(max_length=20, choices=Outcome)
    method = models.CharField(max_length=40, blank=True)
    ip = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = SignInQuerySet.as_manager()

    register = Register(
        personal(
            "user",
            "outcome",
            "method",
            "at",
            whose=Whose.MEMBER,
            what=What.BEHAVIOUR,
            purpose=Purpose.SECURITY,
            keep=Keep.SECURITY_LOG,
            erase=Erase.ROW,
        ),
        personal(
            "ip",
            "agent",
            whose=Whose.MEMBER,
            what=What.TECHNICAL,
            purpose=Purpose.SECURITY,
            keep=Keep.SECURITY_LOG,
            erase=Erase.ROW,
        ),
        plain("id"),
        person="user",
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at"], name="sign_in_of_user")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d %H:%M}"

    @property
    def browser(self) -> str:
        return name_of(self.agent)
