"""The browsers somebody is signed in with: listed, and ended at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
NAMES = {"Edg": "Edge", "OPR": "Opera"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows"} | {
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Browser:
    """One session, as its owner sees it."""

    pk: int
    name: str
    ip: str
    since: Any
    seen: Any
    is_this: bool


def browsers_of(user: Any, session_key: str | None) -> list[Browser]:
    found = [
        Browser(
            row.pk,
            name_of(row.user_agent),
            row.ip,
            row.created_at,
            row.last_seen_at,
            row.session_key == session_key,
        )
        for row in UserSession.objects.purge_and_list(user)
    ]
    return sorted(found, key=lambda browser: (not browser.is_this, -browser.seen.timestamp()))


def end_one(user: Any, pk: int) -> bool:
    return _end(UserSession.objects.filter(user=user, pk=pk))


def end_others(user: Any, session_key: str | None) -> bool:
    return _end(UserSession.objects.filter(user=user).exclude(session_key=session_key))


def end_all(user: Any) -> bool:
    return _end(UserSession.objects.filter(user=user))


def _end(rows: Iterable[Any]) -> bool:
    ended = list(rows)
    for row in ended:
        row.end()
    return bool(ended)


def name_of(agent: str) -> str:
    """Firefox on Linux: as much as a person needs to know their own machine again."""
    browser = next((name for name in BROWSERS if name in agent), "")
    system = next((word for mark, word in SYSTEMS.items() if mark in agent), "")
    if not browser:
        return agent.split("/", maxsplit=1)[0][:40] or _("Unknown browser")
    name = NAMES.get(browser, browser)
    return _("%(browser)s on %(system)s") % {"browser": name, "system": system} if system else name
