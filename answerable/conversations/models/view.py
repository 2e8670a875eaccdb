from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Team, Workspace
from answerable.workspaces.rights import Right


class ViewQuerySet(models.QuerySet["View"]):
    def visible_to(self, member: Member) -> Self:
        """One's own, those of one's teams, and those shared with all."""
        mine = Q(owner=member) | Q(team__in=member.teams.values("pk")) | Q(is_shared=True)
        return self.filter(mine, workspace=member.workspace_id)


class View(models.Model):
    """A saved filter over conversations or customers: and/or groups of conditions, an order.

    `conditions` is the tree that `filtering` compiles from an allow-list:
    {"all": [{"field": …, "is": …, "value": …}, {"any": […]}]}.
    """

    class Shape(models.TextChoices):
        LIST = "list", _("List")
        BOARD = "board", _("Board")

    class On(models.TextChoices):
        CONVERSATIONS = "conversation", _("Conversations")
        CUSTOMERS = "customer", _("Customers")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="views")
    on = models.CharField(max_length=12, choices=On, default=On.CONVERSATIONS)
    name = models.CharField(_("Name"), max_length=80)
    icon = models.CharField(max_length=40, blank=True)
    owner = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="views")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="views")
    is_shared = models.BooleanField(_("For everybody"), default=False)
    conditions = models.JSONField(default=dict)
    order = models.CharField(max_length=40, default="-last_activity_at")
    columns = models.JSONField(default=list)
    shape = models.CharField(max_length=5, choices=Shape, default=Shape.LIST)
    board_by = models.CharField(max_length=60, default="category", blank=True)
    in_nav = models.BooleanField(_("In the sidebar"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ViewQuerySet.as_manager()

    register = Register(
        personal(
            "owner",
            whose=Whose.MEMBER,
            what=What.PREFERENCE,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_MEMBER,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "on", "name", "icon", "team", "is_shared", "conditions", "order"),
        plain("columns", "shape", "board_by", "in_nav", "position"),
        person="owner",
    )

    class Meta:
        ordering = ["position", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What its list is called in an address."""
        return f"view-{self.pk}"

    def may_be_changed_by(self, member: Member) -> bool:
        """One's own; that of a team by whoever is in it; a shared one with the right to it."""
        if self.is_shared:
            return member.may(Right.SETTINGS)
        if self.team_id:
            return self.team_id in member.team_ids or member.may(Right.SETTINGS)
        return self.owner_id == member.pk
