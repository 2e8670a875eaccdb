"""Taking an act back: the verb that undoes what an event recorded."""

from collections.abc import Callable
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from answerable.conversations.models import Category, Conversation, Event, Link, Tag
from answerable.conversations.models.joining import CannotJoin
from answerable.workspaces.models import Member, Team

Kind = Event.Kind


# Not only by whoever did it: it is found out later, and by others.
ANYBODYS = {Kind.MERGED}


class CannotUndo(Exception):
    """This act has no way back, or something else has happened to it since."""


def undo(event: Event, *, by: Member) -> None:
    """Do the opposite of an act, mostly only of one's own. Raises CannotUndo."""
    act = _WAYS_BACK.get(event.kind)
    if act is None or (event.member_id != by.pk and event.kind not in ANYBODYS):
        raise CannotUndo
    act(event.conversation, event, by)


def can_be_undone(kind: str) -> bool:
    return kind in _WAYS_BACK


def _stand_as_before(conversation: Conversation, event: Event, by: Member) -> None:
    was = event.particulars.get("was")
    if was == Category.RESOLVED:
        conversation.resolve(by=by, because=_("undone"))
    elif was == Category.SNOOZED:
        conversation.snooze(_slept_until(event), by=by, because=_("undone"))
    else:
        conversation.reopen(by=by, because=_("undone"))


def _slept_until(event: Event) -> datetime | None:
    earlier = event.conversation.events.filter(kind=Kind.SNOOZED, number__lt=event.number)
    slept = earlier.order_by("-number").first()
    return parse_datetime(str(slept.particulars.get("until") or "")) if slept else None


def _assign_as_before(conversation: Conversation, event: Event, by: Member) -> None:
    was = Member.objects.visible_to(by).filter(pk=event.particulars.get("was")).first()
    conversation.assign(was, by=by, because=_("undone"))


def _team_as_before(conversation: Conversation, event: Event, by: Member) -> None:
    was = Team.objects.visible_to(by).filter(pk=event.particulars.get("was")).first()
    conversation.assign_team(was, by=by, because=_("undone"))


def _take_apart(conversation: Conversation, event: Event, by: Member) -> None:
    """A merge taken back, by whoever may see both ends (T052)."""
    seen = Conversation.objects.visible_to(by)
    if "into" in event.particulars or not seen.filter(pk=event.particulars["source"]).exists():
        raise CannotUndo
    try:
        conversation.unmerge(event, by=by)
    except CannotJoin as gone:
        raise CannotUndo from gone


def _join_again(conversation: Conversation, event: Event, by: Member) -> None:
    """What was split off goes back to where it came from."""
    seen, particulars = Conversation.objects.visible_to(by), event.particulars
    number = particulars.get("into") or particulars.get("number_of")
    other = seen.filter(number=number).first()
    if other is None:
        raise CannotUndo
    new, old = (other, conversation) if "into" in particulars else (conversation, other)
    try:
        new.merge_into(old, by=by, because=_("undone"))
    except CannotJoin as gone:
        raise CannotUndo from gone


def _untie(conversation: Conversation, event: Event, by: Member) -> None:
    link = Link.objects.visible_to(by).filter(pk=event.particulars.get("link")).first()
    if link is None:
        raise CannotUndo
    conversation.unlink(link, by=by)


def _tag_of(event: Event, by: Member) -> Tag:
    tag = Tag.objects.visible_to(by).filter(pk=event.particulars.get("tag")).first()
    if tag is None:
        raise CannotUndo
    return tag


_WAYS_BACK: dict[str, Callable[[Conversation, Event, Member], None]] = {
    Kind.RESOLVED: _stand_as_before,
    Kind.REOPENED: _stand_as_before,
    Kind.SNOOZED: _stand_as_before,
    Kind.STATUS_CHANGED: _stand_as_before,
    Kind.ASSIGNED: _assign_as_before,
    Kind.TEAM_ASSIGNED: _team_as_before,
    Kind.PRIORITISED: lambda it, event, by: it.prioritise(
        event.particulars["was"], by=by, because=_("undone")
    ),
    Kind.RENAMED: lambda it, event, by: it.rename(
        event.particulars["was"], by=by, because=_("undone")
    ),
    Kind.FIELD_CHANGED: lambda it, event, by: it.set_field(
        event.particulars["field"], event.particulars["was"], by=by, because=_("undone")
    ),
    Kind.TAGGED: lambda it, event, by: it.untag(_tag_of(event, by), by=by, because=_("undone")),
    Kind.UNTAGGED: lambda it, event, by: it.tag(_tag_of(event, by), by=by, because=_("undone")),
    Kind.MERGED: _take_apart,
    Kind.SPLIT: _join_again,
    Kind.LINKED: _untie,
    Kind.MARKED_SPAM: lambda it, _event, by: it.clear_spam(by=by, because=_("undone")),
    Kind.CLEARED_SPAM: lambda it, _event, by: it.mark_spam(by=by, because=_("undone")),
    Kind.TRASHED: lambda it, _event, by: it.restore(by=by, because=_("undone")),
    Kind.RESTORED: lambda it, _event, by: it.trash(by=by, because=_("undone")),
}
