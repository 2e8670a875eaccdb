import hashlib
import secrets
from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models.member import Member
from answerable.workspaces.models.role import Role
from answerable.workspaces.models.team import Team
from answerable.workspaces.models.workspace import Workspace

VALID_FOR = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)

    def open(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def of_token(self, token: str) -> "Invitation | None":
        """The open invitation that this secret belongs to (T075: never by an empty one)."""
        return self.open().filter(token_hash=hash_of(token)).first() if token else None


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


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
