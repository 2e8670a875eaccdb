from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.customers.models.company import Company
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, member: Member) -> Self:
        """Customers of the workspace. What they wrote is seen only where its inbox is."""
        return self.filter(workspace=member.workspace_id)


class Customer(models.Model):
    """A person outside who writes, calls or visits."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="customers")
    name = models.CharField(_("Name"), max_length=200, blank=True)
    first_name = models.CharField(_("First name"), max_length=100, blank=True)
    last_name = models.CharField(_("Last name"), max_length=100, blank=True)
    company = models.ForeignKey(
        Company, models.SET_NULL, null=True, blank=True, related_name="customers"
    )
    job_title = models.CharField(_("Job title"), max_length=120, blank=True)
    postal_address = models.TextField(_("Postal address"), max_length=500, blank=True)
    avatar = models.CharField(max_length=64, blank=True)
    language = models.CharField(_("Language"), max_length=12, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=64, blank=True)
    fields = models.JSONField(default=dict)
    blocked = models.BooleanField(_("Blocked"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CustomerQuerySet.as_manager()

    register = Register(
        personal(
            "name",
            "first_name",
            "last_name",
            "job_title",
            whose=Whose.CUSTOMER,
            what=What.NAME,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.ANONYMISE,
        ),
        personal(
            "postal_address",
            whose=Whose.CUSTOMER,
            what=What.CONTACT,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.BLANK,
        ),
        personal(
            "avatar",
            whose=Whose.CUSTOMER,
            what=What.PICTURE,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.BLANK,
        ),
        personal(
            "language",
            "time_zone",
            "fields",
            "blocked",
            "company",
            "created_at",
            whose=Whose.CUSTOMER,
            what=What.FREE,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.BLANK,
        ),
        plain("id", "workspace"),
        person="self",
    )

    class Meta:
        indexes = [models.Index(fields=["workspace", "name", "id"], name="customer_by_name")]

    def __str__(self) -> str:
        return self.name or _("Somebody")  # type: ignore[return-value]
