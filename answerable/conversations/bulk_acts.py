"""What can be done to many conversations at once, as an errand keeps it: an act and its value."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from answerable.conversations.forms.acts import SnoozeForm
from answerable.conversations.marking import MARKS
from answerable.conversations.models import Conversation, Status, Tag
from answerable.workspaces.models import Member, Team

Verb = Callable[[Conversation], Any]


class CannotAct(Exception):
    """There is no such act, or what it names is not there any more."""


def settled(word: str, value: str) -> str:
    """The value as it is kept: a moment, where a form says “tomorrow”. Raises CannotAct."""
    if word != "snooze":
        return value
    form = SnoozeForm({"until": value, "moment": value})
    if not form.is_valid():
        raise CannotAct
    moment = form.moment_chosen
    return moment.isoformat() if moment else ""


def bound(word: str, value: str, by: Member) -> Verb:
    """The verb with its value found, ready for any conversation. Raises CannotAct."""
    bind = _ACTS.get(word)
    if bind is None:
        raise CannotAct
    return bind(value, by)


def is_act(word: str) -> bool:
    return word in _ACTS or word in MARKS


def _found(among: Any, value: str) -> Any:
    is_key = value.isascii() and value.isdecimal() and len(value) < 19
    found = among.filter(pk=int(value)).first() if is_key else None
    if found is None:
        raise CannotAct
    return found


def _assign(value: str, by: Member) -> Verb:
    at_work = Member.objects.visible_to(by).at_work().select_related("role", "workspace")
    to = by if value == "me" else _found(at_work, value) if value else None
    return lambda it: it.assign(to, by=by)


def _team(value: str, by: Member) -> Verb:
    team = _found(Team.objects.visible_to(by), value) if value else None
    return lambda it: it.assign_team(team, by=by)


def _status(value: str, by: Member) -> Verb:
    status = _found(Status.objects.visible_to(by), value)
    return lambda it: it.set_status(status, by=by)


def _priority(value: str, by: Member) -> Verb:
    if value not in map(str, Conversation.Priority.values):
        raise CannotAct
    return lambda it: it.prioritise(int(value), by=by)


def _tag(value: str, by: Member) -> Verb:
    tag = _found(Tag.objects.visible_to(by), value)
    return lambda it: it.tag(tag, by=by)


def _untag(value: str, by: Member) -> Verb:
    tag = _found(Tag.objects.visible_to(by), value)
    return lambda it: it.untag(tag, by=by)


def _snooze(value: str, by: Member) -> Verb:
    until: datetime | None = parse_datetime(value) if value else None
    return lambda it: it.snooze(until, by=by)


def _plain(verb: Callable[[Conversation, Member], None]) -> Callable[[str, Member], Verb]:
    return lambda _value, by: lambda it: verb(it, by)


_ACTS: dict[str, Callable[[str, Member], Verb]] = {
    "assign": _assign,
    "team": _team,
    "status": _status,
    "priority": _priority,
    "tag": _tag,
    "untag": _untag,
    "snooze": _snooze,
    "resolve": _plain(lambda it, by: it.resolve(by=by)),
    "reopen": _plain(lambda it, by: it.reopen(by=by)),
    "spam": _plain(lambda it, by: it.mark_spam(by=by)),
    "no_spam": _plain(lambda it, by: it.clear_spam(by=by)),
    "trash": _plain(lambda it, by: it.trash(by=by)),
    "restore": _plain(lambda it, by: it.restore(by=by)),
}
