from typing import Self

from django.db import models
from django.utils import timezone

from answerable.customers.models.customer import Customer
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class CustomerMergeQuerySet(models.QuerySet["CustomerMerge"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)


class CustomerMerge(models.Model):
    """Two entries that were one person, with all that is needed to part them again."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    kept = models.ForeignKey(Customer, models.CASCADE, related_name="merges")
    was = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(Member, models.SET_NULL, null=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    objects = CustomerMergeQuerySet.as_manager()

    register = Register(
        personal(
            "kept",
            "was",
            "moved",
            whose=Whose.CUSTOMER,
            what=What.FREE,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.ROW,
        ),
        personal(
            "by",
            "at",
            "undone_at",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.UNLINK,
        ),
        plain("id", "workspace"),
        person="kept",
    )

    def __str__(self) -> str:
        return f"merge {self.pk} into {self.kept_id}"
