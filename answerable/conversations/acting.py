"""What a macro may do to a conversation: a list of acts, each with words and its verb.

An act is {"act": name, "value": text}. What is not on the list, or names what the member does not
see, is left out; nothing else is ever called.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from answerable.conversations.models import Conversation, Tag
from answerable.conversations.models.sorting import NotVisible
from answerable.conversations.snoozes import presets
from answerable.workspaces.models import Member, Team

Act = dict[str, str]


def said_of(acts: Iterable[Act], by: Member) -> list[str]:
    """What these acts will do, in words, for whoever is about to do them."""
    return [words for act in acts if (words := _said(act, by))]


def do_all(acts: Iterable[Act], conversation: Conversation, *, by: Member) -> None:
    for act in acts:
        if _said(act, by):
            _do(act, conversation, by)


def _said(act: Act, by: Member) -> str:
    name, value = act.get("act", ""), act.get("value", "")
    if name == "stand":
        words = {"resolve": _("Resolve"), "reopen": _("Reopen"), "spam": _("Mark as spam")}
        return words.get(value, "")
    if name == "snooze":
        preset = next((each for each in presets() if each.key == value), None)
        return _("Snooze: %s") % preset.name if preset else ""
    if name == "priority" and value in map(str, Conversation.Priority.values):
        return _("Priority: %s") % Conversation.Priority(int(value)).label
    if name == "assign" and value in {"me", "nobody"}:
        return _("Assign to me") if value == "me" else _("Assign to nobody")
    thing = _thing(name, value, by)
    words = {"assign": _("Assign to %s"), "team": _("Give to %s"), "tag": _("Tag: %s")}
    return words[name] % thing if thing else ""


def _do(act: Act, conversation: Conversation, by: Member) -> None:
    name, value = act["act"], act["value"]
    if name == "stand":
        verb = {"resolve": "resolve", "reopen": "reopen", "spam": "mark_spam"}[value]
        getattr(conversation, verb)(by=by)
    elif name == "snooze":
        until = next(each.until for each in presets() if each.key == value)
        conversation.snooze(until, by=by)
    elif name == "priority":
        conversation.prioritise(int(value), by=by)
    elif name == "tag":
        conversation.tag(_thing(name, value, by), by=by)
    elif name == "team":
        conversation.assign_team(_thing(name, value, by), by=by)
    else:
        _assign(conversation, value, by)


def _assign(conversation: Conversation, value: str, by: Member) -> None:
    known = {"me": by, "nobody": None}
    to = known[value] if value in known else _thing("assign", value, by)
    try:
        conversation.assign(to, by=by)
    except NotVisible:
        # Whoever may not see it cannot be given it; the rest of the macro still holds.
        return


def _thing(name: str, value: str, by: Member) -> Any:
    among: dict[str, Any] = {"assign": Member, "team": Team, "tag": Tag}
    if name not in among or not value.isdecimal() or len(value) > 18:
        return None
    return among[name].objects.visible_to(by).filter(pk=int(value)).first()
