from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class BlockQuerySet(models.QuerySet["Block"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)

    def stop(self, workspace_id: int, email: str) -> bool:
        """Is this address blocked, or its domain?"""
        address = email.strip().casefold()
        values = [address, address.rpartition("@")[2]]
        return self.filter(workspace_id=workspace_id, value__in=values).exists()


class Block(models.Model):
    """An address or a whole domain whose mail goes to spam without a word."""

    class Kind(models.TextChoices):
        ADDRESS = "address", _("Address")
        DOMAIN = "domain", _("Domain")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="blocks")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ADDRESS)
    value = models.CharField(max_length=320)
    by = models.ForeignKey(Member, models.SET_NULL, null=True)
    at = models.DateTimeField(default=timezone.now)

    objects = BlockQuerySet.as_manager()

    register = Register(
        personal(
            "value",
            whose=Whose.CUSTOMER,
            what=What.CONTACT,
            purpose=Purpose.SECURITY,
            keep=Keep.WITH_WORKSPACE,
            erase=Erase.ROW,
        ),
        personal(
            "by",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_WORKSPACE,
            erase=Erase.UNLINK,
        ),
        plain("id", "workspace", "kind", "at"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "value"], name="blocked_once")]

    def __str__(self) -> str:
        return self.value
