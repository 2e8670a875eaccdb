from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.customers.models import Customer, Identity
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(workspace=member.workspace_id)

    def present(self) -> Self:
        return self.filter(until=None)


class Participant(models.Model):
    """Someone outside who takes part in a conversation, from some moment on."""

    class Role(models.TextChoices):
        REQUESTER = "requester", _("asked")
        COPIED = "copied", _("copied")

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, related_name="participants"
    )
    identity = models.ForeignKey(Identity, models.CASCADE)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="participations")
    role = models.CharField(max_length=10, choices=Role, default=Role.COPIED)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    objects = ParticipantQuerySet.as_manager()

    register = Register(
        personal(
            "identity",
            "customer",
            "role",
            "since",
            "until",
            whose=Whose.CUSTOMER,
            what=What.LINK,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "conversation"),
        person="customer",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "identity"], name="participant_once_in_conversation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.identity_id} in {self.conversation_id}"
