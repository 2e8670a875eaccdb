from django.db import models
from django.utils.translation import gettext_lazy as _

from answerable.register import Register, plain
from answerable.workspaces.models.workspace import Workspace
from answerable.workspaces.rights import Right


class Role(models.Model):
    """A named set of rights that members of a workspace are given."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="roles")
    key = models.SlugField(max_length=40)
    name = models.CharField(_("Name"), max_length=80)
    rights = models.JSONField(default=list)
    all_inboxes = models.BooleanField(_("Sees every inbox"), default=False)
    require_two_factor = models.BooleanField(_("Must use two factors"), default=False)

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
