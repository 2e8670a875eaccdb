from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models.role import Role
from answerable.workspaces.models.user import User
from answerable.workspaces.models.workspace import Workspace
from answerable.workspaces.refused import Refused
from answerable.workspaces.rights import Right
from answerable.workspaces.sessions import end_all

if TYPE_CHECKING:
    from answerable.workspaces.models.team import Team


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, member: "Member") -> Self:
        """Colleagues: those of the same workspace."""
        return self.filter(workspace=member.workspace_id)

    def at_work(self) -> Self:
        return self.filter(active=True, user__is_active=True)


class Member(models.Model):
    """A person who works in a workspace, under the name that customers see."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="members")
    display_name = models.CharField(_("Display name"), max_length=120)
    avatar = models.CharField(max_length=64, blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    signature = models.TextField(_("Signature"), max_length=5_000, blank=True)
    active = models.BooleanField(default=True)
    away = models.BooleanField(_("Away"), default=False)
    # What they do not want to see again: the keys of bars.
    put_away = models.JSONField(default=list)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MemberQuerySet.as_manager()

    register = Register(
        personal(
            "display_name",
            "phone",
            "signature",
            whose=Whose.MEMBER,
            what=What.NAME,
            purpose=Purpose.ACCOUNT,
            keep=Keep.WITH_MEMBER,
            erase=Erase.ANONYMISE,
        ),
        personal(
            "avatar",
            whose=Whose.MEMBER,
            what=What.PICTURE,
            purpose=Purpose.ACCOUNT,
            keep=Keep.WITH_MEMBER,
            erase=Erase.BLANK,
        ),
        personal(
            "put_away",
            whose=Whose.MEMBER,
            what=What.PREFERENCE,
            purpose=Purpose.ACCOUNT,
            keep=Keep.WITH_MEMBER,
            erase=Erase.BLANK,
        ),
        personal(
            "user",
            "joined_at",
            "away",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.ACCOUNT,
            keep=Keep.WITH_MEMBER,
            erase=Erase.ANONYMISE,
        ),
        plain("id", "workspace", "role", "active"),
        person="self",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="member_once_in_workspace")
        ]

    def __str__(self) -> str:
        return self.display_name

    def may(self, right: Right) -> bool:
        return self.active and self.role.allows(right)

    def may_give(self, role: Role) -> bool:
        """Nobody gives what they do not have (T077)."""
        if not self.may(Right.MEMBERS) or (role.all_inboxes and not self.role.all_inboxes):
            return False
        return set(role.rights) <= set(self.role.rights)

    def may_change(self, other: "Member") -> bool:
        """Nobody changes who may do more than they."""
        return self.may_give(other.role)

    @property
    def is_last_owner(self) -> bool:
        """Whether nobody else at work could cancel or move the workspace."""
        others = self.workspace.members.at_work().exclude(pk=self.pk).select_related("role")
        return self.may(Right.OWN) and not any(other.may(Right.OWN) for other in others)

    @transaction.atomic
    def set_role(self, role: Role, *, by: "Member | None") -> None:
        """Give them another role. Raises Refused where the ladder or the last owner forbids it."""
        self._lock_the_owners()
        if role.workspace_id != self.workspace_id:
            raise Refused(gettext("This role belongs to another workspace."))
        if by and not (by.may_change(self) and by.may_give(role)):
            raise Refused(gettext("You cannot give or take what you may not do yourself."))
        if not role.allows(Right.OWN) and self.is_last_owner:
            raise Refused(gettext("The last owner stays the owner. Name another one first."))
        self.role = role
        self.save(update_fields=["role"])

    @transaction.atomic
    def set_teams(self, teams: "Iterable[Team]", *, by: "Member | None") -> None:
        if by and not by.may(Right.MEMBERS):
            raise Refused(gettext("Your role does not include this."))
        self.teams.set([team for team in teams if team.workspace_id == self.workspace_id])

    @transaction.atomic
    def deactivate(self, *, by: "Member | None") -> None:
        """They are out at once: pages, sessions, open invitations of theirs and to them (T063)."""
        self._lock_the_owners()
        if by and not by.may_change(self):
            raise Refused(gettext("You cannot deactivate who may do more than you."))
        if self.is_last_owner:
            raise Refused(gettext("The last owner stays. Name another one first."))
        self.active = False
        self.save(update_fields=["active"])
        invitations = self.workspace.invitations.filter(accepted_at=None, revoked_at=None)
        theirs = models.Q(invited_by=self) | models.Q(email=self.user.email)
        invitations.filter(theirs).update(revoked_at=timezone.now())
        end_all(self.user)

    @transaction.atomic
    def activate(self, *, by: "Member | None") -> None:
        if by and not by.may_change(self):
            raise Refused(gettext("You cannot let in who may do more than you."))
        self.active = True
        self.save(update_fields=["active"])

    def _lock_the_owners(self) -> None:
        """Of two owners who leave at the same moment, the second is told that they are the last."""
        Workspace.objects.select_for_update().get(pk=self.workspace_id)
        self.refresh_from_db(fields=["active", "role"])

    @cached_property
    def team_ids(self) -> list[int]:
        return list(self.teams.values_list("pk", flat=True))
