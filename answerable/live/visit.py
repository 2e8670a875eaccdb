"""Who is on a line: a member by the session of their browser, asked for again and again."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import Http404
from django.http.cookie import parse_cookie
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from answerable.workspaces.door import member_of
from answerable.workspaces.models import Member, User
from answerable.workspaces.rights import Right


@dataclass(frozen=True)
class Visit:
    """A member of a workspace, let in by a session."""

    member: int
    workspace: int
    name: str
    session: str
    password_mark: str


def let_in(cookies: str, workspace: str) -> Visit | None:
    """The visit of whoever holds these cookies; None, with no reason, for everybody else."""
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")
    session = _session(key)
    user = User.objects.filter(pk=session.get(SESSION_KEY, 0), is_active=True).first()
    mark = session.get(HASH_SESSION_KEY, "")
    if user is None or not _is_current(user, mark):
        return None
    try:
        member = member_of(user, workspace)
    except Http404:
        return None
    if not member.may(Right.READ):
        return None
    return Visit(member.pk, member.workspace_id, member.display_name, key, mark)


def still_in(visits: Iterable[Visit]) -> set[Visit]:
    """Those whose session, password, membership and right to read are as they were."""
    visits = set(visits)
    sessions = _alive({visit.session for visit in visits})
    found = Member.objects.at_work().select_related("role", "user")
    members = {
        member.pk: member
        for member in found.filter(pk__in={visit.member for visit in visits})
        if member.may(Right.READ)
    }
    return {
        visit
        for visit in visits
        if visit.session in sessions
        and visit.member in members
        and _is_current(members[visit.member].user, visit.password_mark)
    }


def _session(key: str) -> dict[str, Any]:
    # What is no key of ours never reaches the database (T061).
    if not key.isalnum() or len(key) > 64:
        return {}
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    loaded: dict[str, Any] = store.load()
    return loaded


def _alive(keys: set[str]) -> set[str]:
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return set(rows.values_list("session_key", flat=True))


def _is_current(user: User, mark: str) -> bool:
    """Was the session begun with the password that the user has now?"""
    marks = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(mark, one) for one in marks)
