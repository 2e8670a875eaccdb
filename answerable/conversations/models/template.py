from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.conversations.models.inbox import Inbox, inbox_ids
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Team, Workspace


def _reach(member: Member) -> Q:
    """Everybody's and one's own, those of one's teams, those of inboxes one may read."""
    ids = inbox_ids(member)
    reach = Q(owner=member) | Q(owner=None)
    reach &= Q(team=None) | Q(team__in=member.team_ids)
    return reach if ids is None else reach & (Q(inbox=None) | Q(inbox__in=ids))


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(_reach(member), workspace=member.workspace_id)


class ReplyTemplate(models.Model):
    """Words that are written often, with places for what differs ({{ customer.first_name }})."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="reply_templates")
    folder = models.CharField(_("Folder"), max_length=80, blank=True)
    name = models.CharField(_("Name"), max_length=80)
    shortcut = models.SlugField(_("Shortcut"), max_length=40, blank=True)
    text = models.TextField(_("Text"), max_length=20_000)
    html = models.TextField(blank=True, max_length=60_000)
    owner = models.ForeignKey(Member, models.CASCADE, null=True, blank=True)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True)
    inbox = models.ForeignKey(Inbox, models.CASCADE, null=True, blank=True)
    used = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    objects = ReplyTemplateQuerySet.as_manager()

    register = Register(
        personal(
            "owner",
            whose=Whose.MEMBER,
            what=What.PREFERENCE,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_MEMBER,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "folder", "name", "shortcut", "text", "html"),
        plain("team", "inbox", "used", "used_at"),
        person="owner",
    )

    class Meta:
        ordering = ["folder", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def note_use(self) -> None:
        rows = ReplyTemplate.objects.filter(pk=self.pk)
        rows.update(used=models.F("used") + 1, used_at=timezone.now())


class MacroQuerySet(models.QuerySet["Macro"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(_reach(member), workspace=member.workspace_id)


class Macro(models.Model):
    """Words and acts that go together, run with one key after a look at what they will do.

    `acts` is a list of {"act": …, "value": …} from the allow-list of `bulk.acts`.
    """

    class Then(models.TextChoices):
        STAY = "stay", _("stay here")
        NEXT = "next", _("open the next one")
        LIST = "list", _("go back to the list")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="macros")
    name = models.CharField(_("Name"), max_length=80)
    text = models.TextField(_("Reply"), max_length=20_000, blank=True)
    note = models.TextField(_("Note"), max_length=20_000, blank=True)
    acts = models.JSONField(default=list)
    then = models.CharField(max_length=5, choices=Then, default=Then.STAY)
    owner = models.ForeignKey(Member, models.CASCADE, null=True, blank=True)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True)
    inbox = models.ForeignKey(Inbox, models.CASCADE, null=True, blank=True)
    used = models.PositiveIntegerField(default=0)

    objects = MacroQuerySet.as_manager()

    register = Register(
        personal(
            "owner",
            whose=Whose.MEMBER,
            what=What.PREFERENCE,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_MEMBER,
            erase=Erase.ROW,
        ),
        plain("id", "workspace", "name", "text", "note", "acts", "then", "team", "inbox", "used"),
        person="owner",
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def note_use(self) -> None:
        Macro.objects.filter(pk=self.pk).update(used=models.F("used") + 1)
