from functools import cached_property
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models.role import Role
from answerable.workspaces.models.user import User
from answerable.workspaces.models.workspace import Workspace
from answerable.workspaces.rights import Right


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

    @cached_property
    def team_ids(self) -> list[int]:
        return list(self.teams.values_list("pk", flat=True))
