"""The sentence of an event: the same on the page, in a mail and in a text."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.conversations.models import Conversation, Event, Link
from answerable.look.times import exactly

Kind = Event.Kind


def tell(event: Event, names: Mapping[int, str]) -> str:
    """What happened, without who did it: "resolved this", "gave this to Ada"."""
    if event.kind == Kind.ASSIGNED:
        return _assigned(event, names)
    teller = _TELLERS.get(event.kind)
    if teller:
        return teller(event)
    return str(_PLAIN.get(event.kind) or event.get_kind_display())


def doer(event: Event) -> str:
    """Who did it: a member, the customer, or the program."""
    if event.member:
        return event.member.display_name
    if event.customer:
        return event.customer.name or _("The customer")
    return _("Answerable")


def _assigned(event: Event, names: Mapping[int, str]) -> str:
    to = event.particulars.get("to")
    name = names.get(to or 0)
    if not to:
        return _("took the assignee away")
    if to == event.member_id:
        return _("took this")
    return _("assigned this to %(name)s") % {"name": name} if name else _("assigned this")


def _team(event: Event) -> str:
    if not event.particulars.get("to"):
        return _("took this from its team")
    name = event.particulars.get("name")
    return _("gave this to %(team)s") % {"team": name} if name else _("gave this to a team")


def _snoozed(event: Event) -> str:
    until = parse_datetime(str(event.particulars.get("until") or ""))
    if until is None:
        return _("snoozed this until the customer writes")
    return _("snoozed this until %(time)s") % {"time": exactly(until)}


def _prioritised(event: Event) -> str:
    priority = event.particulars.get("to")
    if priority not in Conversation.Priority.values:
        return _("changed the priority")
    label = str(Conversation.Priority(priority).label)
    return _("set the priority to %(priority)s") % {"priority": label}


def _two(inward: Callable[[], str], outward: Callable[[], str]) -> Callable[[Event], str]:
    """Told at either end: about the one that it went `into`, or the `number_of` the other."""

    def told(event: Event) -> str:
        key, words = ("into", inward) if "into" in event.particulars else ("number_of", outward)
        return words() % {"number": event.particulars.get(key, "")}

    return told


def _scheduled(event: Event) -> str:
    until = parse_datetime(str(event.particulars.get("until") or ""))
    time = exactly(until) if until else ""
    return _("will answer at %(time)s") % {"time": time}


def _unscheduled(event: Event) -> str:
    if event.member:
        return _("will not send the answer later after all")
    return _("put a waiting answer back among the drafts")


def _linked(event: Event) -> str:
    how, to = event.particulars.get("how"), event.particulars.get("to")
    if how not in Link.Kind.values:
        return _("linked this")
    if not to:
        return _("linked this to a page elsewhere")
    return _("noted that this %(how)s #%(to)s") % {"how": Link.Kind(how).label, "to": to}


def _unlinked(event: Event) -> str:
    to = event.particulars.get("to")
    if not to:
        return _("removed the link to a page elsewhere")
    return _("removed the link to #%(to)s") % {"to": to}


def _named(words: Callable[[], str], key: str) -> Callable[[Event], str]:
    return lambda event: words() % {key: event.particulars.get(key, "")}


_PLAIN: dict[str, Any] = {
    Kind.RESOLVED: gettext_lazy("resolved this"),
    Kind.REOPENED: gettext_lazy("reopened this"),
    Kind.WOKEN: gettext_lazy("woke this up"),
    Kind.MARKED_SPAM: gettext_lazy("marked this as spam"),
    Kind.CLEARED_SPAM: gettext_lazy("took this out of spam"),
    Kind.TRASHED: gettext_lazy("moved this to the trash"),
    Kind.RESTORED: gettext_lazy("took this out of the trash"),
    Kind.PARTICIPANT_ADDED: gettext_lazy("joined the conversation"),
    Kind.BOUNCED: gettext_lazy("could not be reached"),
    Kind.COMPLAINED: gettext_lazy("reported this as spam"),
    Kind.UNSENT: gettext_lazy("took a reply back"),
}
_TELLERS: dict[str, Callable[[Event], str]] = {
    Kind.TEAM_ASSIGNED: _team,
    Kind.SCHEDULED: _scheduled,
    Kind.UNSCHEDULED: _unscheduled,
    Kind.MERGED: _two(
        lambda: _("merged this into #%(number)s"), lambda: _("merged #%(number)s into this")
    ),
    Kind.UNMERGED: _two(
        lambda: _("took this out of #%(number)s again"),
        lambda: _("took #%(number)s out of this again"),
    ),
    Kind.SPLIT: _two(
        lambda: _("moved a part of this into #%(number)s"),
        lambda: _("split this off from #%(number)s"),
    ),
    Kind.LINKED: _linked,
    Kind.UNLINKED: _unlinked,
    Kind.SNOOZED: _snoozed,
    Kind.PRIORITISED: _prioritised,
    Kind.STATUS_CHANGED: _named(lambda: _("set the status to %(status)s"), "status"),
    Kind.TAGGED: _named(lambda: _("added the tag %(name)s"), "name"),
    Kind.UNTAGGED: _named(lambda: _("removed the tag %(name)s"), "name"),
    Kind.RENAMED: _named(lambda: _("changed the subject to “%(to)s”"), "to"),
    Kind.FIELD_CHANGED: _named(lambda: _("changed the field %(field)s"), "field"),
}
