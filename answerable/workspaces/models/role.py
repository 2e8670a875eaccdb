from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answerable.register import Register, plain
from answerable.workspaces.models.workspace import Workspace
from answerable.workspaces.refused import Refused
from answerable.workspaces.rights import STARTING_ROLES, Right

if TYPE_CHECKING:
    from answerable.workspaces.models.member import Member

STARTING_KEYS = {key for key, *_rest in STARTING_ROLES}


class RoleQuerySet(models.QuerySet["Role"]):
    def visible_to(self, member: "Member") -> Self:
        return self.filter(workspace=member.workspace_id)


class Role(models.Model):
    """A named set of rights that members of a workspace are given."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="roles")
    key = models.SlugField(max_length=40)
    name = models.CharField(_("Name"), max_length=80)
    rights = models.JSONField(default=list)
    all_inboxes = models.BooleanField(_("Sees every inbox"), default=False)
    require_two_factor = models.BooleanField(_("Must use two factors"), default=False)

    objects = RoleQuerySet.as_manager()

    register = Register(
        plain("id", "workspace", "key", "name", "rights", "all_inboxes", "require_two_factor")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="role_key_in_workspace")
        ]

    def __str__(self) -> str:
        return self.name

    def allows(self, right: Right) -> bool:
        return right in self.rights

    @property
    def is_our_own(self) -> bool:
        """Made here, not one that every workspace starts with."""
        return self.key not in STARTING_KEYS

    @transaction.atomic
    def remove(self) -> None:
        """Raises Refused while somebody has it, or is invited to it."""
        invited = self.invitation_set.filter(accepted_at=None, revoked_at=None)
        if self.members.exists() or invited.filter(expires_at__gt=timezone.now()).exists():
            raise Refused(gettext("Somebody has this role. Give them another one first."))
        if not self.is_our_own:
            raise Refused(gettext("Every workspace has this role."))
        self.delete()
