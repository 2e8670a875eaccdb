"""The lists of the desk: which conversations stand on each, newest first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.conversations.filtering import Wrong, chosen_by
from answerable.conversations.models import Conversation, Mention, Tag, View
from answerable.conversations.ordering import NEWEST
from answerable.workspaces.models import Member, Team

Rows = QuerySet[Conversation]
# How far lists of mentions and of tags go back.
FURTHEST = 1_000
NOTHING = _("Nothing here")
MATCHING = _("Conversations that match appear here by themselves.")


@dataclass(frozen=True)
class List:
    """One list: its name, its icon, and what is on it for a member."""

    key: str
    name: str | Promise
    icon: str
    of: Callable[[Rows, Member], Rows]
    empty_title: str | Promise = NOTHING
    empty_text: str | Promise = MATCHING
    is_counted: bool = False
    order: str = NEWEST
    view: View | None = None

    @property
    def is_board(self) -> bool:
        return self.view is not None and self.view.shape == View.Shape.BOARD

    def rows(self, member: Member) -> Rows:
        return self.of(Conversation.objects.visible_to(member), member)


def _mentioned(rows: Rows, member: Member) -> Rows:
    mentions = Mention.objects.visible_to(member)
    return _last_of(mentions.values_list("conversation_id", flat=True), rows)


def _tagged(rows: Rows, tag: Tag) -> Rows:
    through: Any = Conversation.tags.through
    tagged = through.objects.filter(tag=tag)
    return _last_of(tagged.values_list("conversation_id", flat=True), rows)


def _last_of(pks: "QuerySet[Any, int]", rows: Rows) -> Rows:
    """Those that were put on the list last. No index has both the list and the last activity, so
    they are sorted, and a list that grows for years must not become slow by that."""
    last = pks.order_by("-pk")[:FURTHEST]
    return rows.filter(pk__in=last).exclude(shelf__in=["spam", "trash"])


LISTS = [
    List(
        "mine",
        _("Mine"),
        "circle-user",
        lambda rows, member: rows.filter(assignee=member, shelf="open"),
        _("Nothing is waiting for you"),
        _("What is assigned to you appears here. Take one from Unassigned with the key I."),
        is_counted=True,
    ),
    List(
        "unassigned",
        _("Unassigned"),
        "inbox",
        lambda rows, _me: rows.filter(assignee=None, shelf="open"),
        _("Everything is taken"),
        _("New conversations appear here until somebody takes them."),
        is_counted=True,
    ),
    List(
        "mentions",
        _("Mentions"),
        "at-sign",
        _mentioned,
        _("Nobody has called you"),
        _("When a colleague writes @ and your name in a note, the conversation appears here."),
        is_counted=True,
    ),
    List(
        "open",
        _("All open"),
        "layers",
        lambda rows, _me: rows.filter(shelf="open"),
        _("All is answered"),
        _("Write to one of your inboxes and the conversation appears here within a second."),
        is_counted=True,
    ),
    List(
        "snoozed",
        _("Snoozed"),
        "clock",
        lambda rows, _me: rows.filter(shelf="snoozed"),
        _("Nothing is asleep"),
        _("Snooze a conversation with the key S, and it comes back by itself."),
    ),
    List(
        "resolved",
        _("Resolved"),
        "circle-check",
        lambda rows, _me: rows.filter(shelf="resolved"),
        _("Nothing is resolved yet"),
        _("Resolve a conversation with the key E. If the customer writes again, it reopens."),
    ),
]
ASIDE = [
    List(
        "spam",
        _("Spam"),
        "ban",
        lambda rows, _me: rows.filter(shelf="spam"),
        _("No spam"),
        _("What you or the filter mark as spam waits here, and can be taken back."),
    ),
    List(
        "trash",
        _("Trash"),
        "trash-2",
        lambda rows, _me: rows.filter(shelf="trash"),
        _("The trash is empty"),
        _("What is thrown away waits here, and can be restored."),
    ),
]
BY_KEY = {each.key: each for each in [*LISTS, *ASIDE]}


def list_of(member: Member, key: str) -> List | None:
    """The list with this key: a fixed one, or team-7, or tag-3 of the member's workspace."""
    kind, _dash, number = key.partition("-")
    if number.isdecimal() and kind in _OF_A_THING:
        return _OF_A_THING[kind](member, int(number[:18]))
    return BY_KEY.get(key)


def list_of_team(team: Team) -> List:
    return List(
        f"team-{team.pk}",
        team.name,
        "users-round",
        lambda rows, _me: rows.filter(team=team, shelf="open"),
        is_counted=True,
    )


def list_of_tag(tag: Tag) -> List:
    return List(
        f"tag-{tag.pk}",
        tag.name,
        "tag",
        lambda rows, _me: _tagged(rows, tag),
    )


def list_of_view(view: View) -> List:
    """What a saved filter means now; one that names what is gone means nothing."""

    def rows(rows: Rows, member: Member) -> Rows:
        try:
            return chosen_by(view.conditions, rows, member)
        except Wrong:
            return rows.none()

    icon = view.icon or ("columns-2" if view.shape == View.Shape.BOARD else "list-filter")
    return List(view.key, view.name, icon, rows, is_counted=True, order=view.order, view=view)


def views_in_nav(member: Member, most: int) -> list[List]:
    views = View.objects.visible_to(member).filter(on=View.On.CONVERSATIONS, in_nav=True)
    return [list_of_view(view) for view in views[:most]]


def _view(member: Member, pk: int) -> List | None:
    views = View.objects.visible_to(member).filter(on=View.On.CONVERSATIONS)
    view = views.filter(pk=pk).first()
    return list_of_view(view) if view else None


def _team(member: Member, pk: int) -> List | None:
    team = Team.objects.visible_to(member).filter(pk=pk).first()
    return list_of_team(team) if team else None


def _tag(member: Member, pk: int) -> List | None:
    tag = Tag.objects.visible_to(member).filter(pk=pk).first()
    return list_of_tag(tag) if tag else None


_OF_A_THING: dict[str, Callable[[Member, int], List | None]] = {
    "team": _team,
    "tag": _tag,
    "view": _view,
}
