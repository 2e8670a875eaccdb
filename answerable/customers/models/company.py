from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class CompanyQuerySet(models.QuerySet["Company"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)

    def of_address(self, workspace_id: int, email: str) -> "Company | None":
        """The company whose domain an address belongs to, the domain itself or one above it."""
        labels = email.rpartition("@")[2].lower().split(".")
        domains = [".".join(labels[i:]) for i in range(len(labels) - 1)]
        found = CompanyDomain.objects.filter(workspace_id=workspace_id, domain__in=domains)
        by_domain = {domain.domain: domain for domain in found.select_related("company")}
        return next((by_domain[d].company for d in domains if d in by_domain), None)


class Company(models.Model):
    """An organisation that customers belong to, known by its domains."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="companies")
    name = models.CharField(_("Name"), max_length=200)
    notes = models.TextField(_("Notes"), blank=True)
    fields = models.JSONField(default=dict)

    objects = CompanyQuerySet.as_manager()

    register = Register(
        personal(
            "notes",
            "fields",
            whose=Whose.CUSTOMER,
            what=What.FREE,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.STAYS,
        ),
        plain("id", "workspace", "name"),
    )

    def __str__(self) -> str:
        return self.name


class CompanyDomain(models.Model):
    """A mail domain whose people belong to a company."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    company = models.ForeignKey(Company, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253)

    register = Register(plain("id", "workspace", "company", "domain"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "domain"], name="company_domain_in_workspace"
            )
        ]

    def __str__(self) -> str:
        return self.domain
