from typing import Self

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.customers.models.company import Company
from answerable.customers.models.customer import Customer
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class IdentityQuerySet(models.QuerySet["Identity"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)

    def of_address(self, workspace_id: int, email: str, name: str = "") -> "Identity":
        """The identity with this e-mail address, with a new customer if nobody has it.

        Two at once find the same one: a constraint decides, not this check.
        """
        value = Identity.normal(Identity.Kind.EMAIL, email)
        known = self.select_related("customer").filter(
            workspace_id=workspace_id, kind=Identity.Kind.EMAIL, value=value
        )
        if found := known.first():
            return found
        try:
            with transaction.atomic():
                return self._make(workspace_id, email, value, name)
        except IntegrityError:
            return known.get()

    def _make(self, workspace_id: int, email: str, value: str, name: str) -> "Identity":
        customer = Customer.objects.create(
            workspace_id=workspace_id,
            name=name[:200] or email.partition("@")[0][:200],
            company=Company.objects.of_address(workspace_id, email),
        )
        return self.create(
            workspace_id=workspace_id,
            customer=customer,
            kind=Identity.Kind.EMAIL,
            value=value,
            shown=email[:320],
        )


class Identity(models.Model):
    """One way to know and reach a customer: an address, a number, an id elsewhere."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        EXTERNAL = "external", _("External id")

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EMAIL)
    value = models.CharField(max_length=320)
    shown = models.CharField(max_length=320)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.CharField(max_length=120, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    bounce_reason = models.CharField(max_length=250, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = IdentityQuerySet.as_manager()

    register = Register(
        personal(
            "customer",
            whose=Whose.CUSTOMER,
            what=What.LINK,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.ROW,
        ),
        personal(
            "value",
            "shown",
            "kind",
            whose=Whose.CUSTOMER,
            what=What.CONTACT,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.ROW,
        ),
        personal(
            "verified_at",
            "verified_by",
            "bounced_at",
            "bounce_reason",
            "complained_at",
            "created_at",
            whose=Whose.CUSTOMER,
            what=What.BEHAVIOUR,
            purpose=Purpose.DELIVERY,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.ROW,
        ),
        plain("id", "workspace"),
        person="customer",
    )

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "value"], name="identity_once_in_workspace"
            )
        ]

    def __str__(self) -> str:
        return self.shown

    @staticmethod
    def normal(kind: str, value: str) -> str:
        """The form that is compared. Case is folded in the whole address: no provider that
        matters tells Carl@ from carl@, and people type both."""
        value = value.strip()
        if kind == Identity.Kind.EMAIL:
            return value.casefold()[:320]
        if kind == Identity.Kind.PHONE:
            return "".join(c for c in value if c.isdigit() or c == "+")[:320]
        return value[:320]

    def verify(self, *, how: str) -> None:
        """Note that this address proved to be theirs; the first proof stays."""
        now = timezone.now()
        proven = Identity.objects.filter(pk=self.pk, verified_at=None)
        if proven.update(verified_at=now, verified_by=how[:120]):
            self.verified_at, self.verified_by = now, how
