"""Places in a text for what differs: `{{ customer.first_name | "there" }}`. Logic-less (T113).

A place is looked up in a fixed list of words; nothing is evaluated, no attribute is followed, and
what is put in is never looked at again. What is not on the list stays as it was written.
"""

import re
from collections.abc import Callable
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.conversations.models import Conversation
from answerable.customers.models import Identity
from answerable.workspaces.models import Member

PLACE = re.compile(r'\{\{\s*([a-z_.]{1,40})\s*(?:\|\s*"([^"{}\n]{0,100})"\s*)?\}\}')
LIKE_A_PLACE = re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}", re.DOTALL)

Finder = Callable[[Conversation, Member], str]


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else ""


def _email(conversation: Conversation, _member: Member) -> str:
    known = conversation.requester.identities.filter(kind=Identity.Kind.EMAIL)
    return known.order_by("pk").values_list("shown", flat=True).first() or ""


PLACES: dict[str, tuple[str | Promise, Finder]] = {
    "customer.first_name": (_("First name"), lambda it, _member: _first(it.requester.name)),
    "customer.name": (_("Name"), lambda it, _member: it.requester.name),
    "customer.email": (_("Address"), _email),
    "customer.company": (
        _("Company"),
        lambda it, _member: it.requester.company.name if it.requester.company else "",
    ),
    "conversation.number": (_("Number"), lambda it, _member: str(it.number)),
    "conversation.subject": (_("Subject"), lambda it, _member: it.subject),
    "inbox.name": (_("Inbox"), lambda it, _member: it.inbox.name),
    "workspace.name": (_("Workspace"), lambda it, _member: it.workspace.name),
    "member.name": (_("Your name"), lambda _it, member: member.display_name),
    "member.first_name": (_("Your first name"), lambda _it, member: _first(member.display_name)),
}


def unknown_in(text: str) -> list[str]:
    """What looks like a place and is none, for whoever writes the text."""
    found = LIKE_A_PLACE.findall(text)
    return [each for each in found if not (it := PLACE.fullmatch(each)) or it[1] not in PLACES]


class Filling:
    """The places of one conversation, each looked up at most once."""

    def __init__(self, conversation: Conversation, member: Member) -> None:
        self.value = cache(lambda name: PLACES[name][1](conversation, member))

    def fill(self, text: str) -> str:
        def put(found: re.Match[str]) -> str:
            if found[1] not in PLACES:
                return found[0]
            return str(self.value(found[1])) or found[2] or ""

        return PLACE.sub(put, text)
