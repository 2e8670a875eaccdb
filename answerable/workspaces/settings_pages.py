"""The pages of the settings: each app names its own, and anybody finds them by a word.

    add(SettingsPage("mail", Group.CHANNELS, _("Mail accounts"), _("imap smtp address"),
                     "mail_accounts", Right.INBOXES, "mail"))

Called from an app's `ready`. The page's view ends with `show_settings(request, "mail", …)`, and its
template extends `workspaces/settings.html`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.look.pages import show
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Member
from answerable.workspaces.rights import Right


class Group(models.TextChoices):
    """What belongs together in the list, in this order."""

    YOU = "you", _("You")
    WORKSPACE = "workspace", _("Workspace")
    PEOPLE = "people", _("People")
    CHANNELS = "channels", _("Channels")
    WORK = "work", _("Work")
    PRIVACY = "privacy", _("Privacy")
    SYSTEM = "system", _("System")


ORDER = list(Group)


@dataclass(frozen=True)
class SettingsPage:
    """One page of the settings, with the words that lead to it."""

    key: str
    group: Group
    title: str | Promise
    words: str | Promise
    route: str  # the name of a URL that takes the workspace's slug
    right: Right | None = None
    icon: str = "settings-2"
    about: str | Promise = ""
    order: int = 50

    def answers_to(self, query: str) -> bool:
        text = f"{self.title} {self.group.label} {self.about} {self.words}".casefold()
        return all(word in text for word in query.casefold().split())


_pages: dict[str, SettingsPage] = {}


def add(page: SettingsPage) -> None:
    """The same key twice is the same page."""
    _pages[page.key] = page


def page_of(key: str) -> SettingsPage:
    return _pages[key]


def pages_for(member: Member, query: str = "") -> Iterator[SettingsPage]:
    for page in sorted(_pages.values(), key=lambda page: (ORDER.index(page.group), page.order)):
        if (page.right is None or member.may(page.right)) and page.answers_to(query):
            yield page


def groups_for(member: Member, query: str = "") -> list[tuple[Group, list[SettingsPage]]]:
    pages = pages_for(member, query)
    return [(group, list(members)) for group, members in groupby(pages, lambda page: page.group)]


def show_settings(
    request: MemberRequest,
    key: str,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    block: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page of the settings, with the list of all the others beside it."""
    whole = {
        "page": page_of(key) if key else None,
        "place": "settings",
        "groups": groups_for(request.member),
        **(context or {}),
    }
    return show(request, template, whole, block=block, status=status)


def show_asking(
    request: MemberRequest, key: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """What cannot be undone is asked first: title, words, label of the act, back; perhaps a field.

    The form posts to the page's own address.
    """
    whole = {"field": None, **context}
    return show_settings(request, key, "workspaces/asking.html", whole, status=status)
