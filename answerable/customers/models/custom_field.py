from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from answerable.register import Register, plain
from answerable.workspaces.models import Member, Workspace


class CustomFieldQuerySet(models.QuerySet["CustomField"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)


class CustomField(models.Model):
    """A field that a workspace adds to its customers, companies or conversations."""

    class On(models.TextChoices):
        CUSTOMER = "customer", _("Customers")
        COMPANY = "company", _("Companies")
        CONVERSATION = "conversation", _("Conversations")

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One of a list")
        YES_NO = "yes_no", _("Yes or no")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="custom_fields")
    on = models.CharField(max_length=12, choices=On, default=On.CUSTOMER)
    key = models.SlugField(max_length=40)
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    options = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    objects = CustomFieldQuerySet.as_manager()

    register = Register(
        plain("id", "workspace", "on", "key", "name", "kind", "options", "position")
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "on", "key"], name="custom_field_in_workspace"
            )
        ]

    def __str__(self) -> str:
        return self.name
