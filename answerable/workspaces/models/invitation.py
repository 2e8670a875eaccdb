import hashlib
import secrets
from datetime import timedelta
from typing import Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models.member import Member
from answerable.workspaces.models.role import Role
from answerable.workspaces.models.team import Team
from answerable.workspaces.models.user import User
from answerable.workspaces.models.workspace import Workspace
from answerable.workspaces.refused import Refused

VALID_FOR = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)

    def open(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def of_token(self, token: str) -> "Invitation | None":
        """The open invitation that this secret belongs to (T075: never by an empty one)."""
        if not token:
            return None
        found = self.open().select_related("workspace", "role", "invited_by")
        return found.filter(token_hash=hash_of(token)).first()


class Invitation(models.Model):
    """Asks a colleague by mail to join a workspace in a certain role."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("E-mail"))
    role = models.ForeignKey(Role, models.CASCADE)
    teams = models.ManyToManyField(Team, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    register = Register(
        personal(
            "email",
            whose=Whose.MEMBER,
            what=What.CONTACT,
            purpose=Purpose.ACCOUNT,
            keep=Keep.SHORT,
            erase=Erase.ROW,
        ),
        personal(
            "token_hash",
            whose=Whose.MEMBER,
            what=What.CREDENTIAL,
            purpose=Purpose.SECURITY,
            keep=Keep.SHORT,
            erase=Erase.ROW,
        ),
        personal(
            "invited_by",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_MEMBER,
            erase=Erase.UNLINK,
        ),
        plain(
            "id",
            "workspace",
            "role",
            "teams",
            "created_at",
            "expires_at",
            "accepted_at",
            "revoked_at",
        ),
    )

    def __str__(self) -> str:
        return self.email

    @classmethod
    def issue(
        cls, email: str, role: Role, *, by: Member | None, teams: list[Team] | None = None
    ) -> tuple["Invitation", str]:
        """A new invitation and its secret, which is stored nowhere but as a hash."""
        token = secrets.token_urlsafe(32)
        invitation = cls.objects.create(
            workspace_id=role.workspace_id,
            email=email.strip().lower(),
            role=role,
            token_hash=hash_of(token),
            invited_by=by,
            expires_at=timezone.now() + VALID_FOR,
        )
        invitation.teams.set(teams or [])
        return invitation, token

    @classmethod
    def of_secret(cls, token: str) -> "Invitation | None":
        return cls.objects.of_token(token)

    @property
    def is_open(self) -> bool:
        return not (self.accepted_at or self.revoked_at) and self.expires_at > timezone.now()

    def renew(self, *, by: Member | None) -> str:
        """A new secret for the same invitation, for seven days; the old one is dead."""
        if by and not by.may_give(self.role):
            raise Refused(gettext("You cannot give what you may not do yourself."))
        token = secrets.token_urlsafe(32)
        changes = {"token_hash": hash_of(token), "expires_at": timezone.now() + VALID_FOR}
        waiting = Invitation.objects.filter(pk=self.pk, accepted_at=None, revoked_at=None)
        if not waiting.update(**changes):
            raise Refused(gettext("This invitation was accepted or revoked."))
        self.refresh_from_db()
        return token

    def revoke(self) -> None:
        waiting = Invitation.objects.filter(pk=self.pk, accepted_at=None)
        waiting.update(revoked_at=timezone.now())

    @transaction.atomic
    def accept(self, user: User, display_name: str = "") -> Member:
        """Join, once, as the person it was sent to. Raises Refused where that is over."""
        if user.email != self.email:
            raise Refused(gettext("This invitation is for another address."))
        mine = Invitation.objects.open().filter(pk=self.pk)
        if not mine.update(accepted_at=timezone.now()):
            raise Refused(gettext("This invitation does not work any more."))
        member, is_new = Member.objects.get_or_create(
            workspace_id=self.workspace_id,
            user=user,
            defaults={"role": self.role, "display_name": display_name or user.get_full_name()},
        )
        if not is_new and member.active:
            raise Refused(gettext("You are a member already."))
        member.role, member.active = self.role, True
        member.save(update_fields=["role", "active"])
        member.teams.add(*self.teams.all())
        return member


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
