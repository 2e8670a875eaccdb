from typing import Self

from django.db import models
from django.utils import timezone

from answerable.customers.models.customer import Customer
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member


class CustomerNoteQuerySet(models.QuerySet["CustomerNote"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(customer__workspace=member.workspace_id)


class CustomerNote(models.Model):
    """What a member wants colleagues to know about a customer; never shown outside."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="notes")
    member = models.ForeignKey(Member, models.SET_NULL, null=True)
    text = models.TextField(max_length=10_000)
    at = models.DateTimeField(default=timezone.now)

    objects = CustomerNoteQuerySet.as_manager()

    register = Register(
        personal(
            "customer",
            "text",
            "at",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.ROW,
        ),
        personal(
            "member",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_CUSTOMER,
            erase=Erase.UNLINK,
        ),
        plain("id"),
        person="customer",
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text[:40]
