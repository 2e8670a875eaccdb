"""The door of each page: who may come in. A route that declares none fails the tests (T036).

    @door.member(Right.ANSWER)
    def replies(request: MemberRequest, number: int) -> HttpResponse: ...

The workspace's slug in the address is taken by the door, which sets `request.member`. Whoever is
not let in is told "not found", as if there were nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from answerable.workspaces.entrance.second_factor import has_one
from answerable.workspaces.models import Member, User
from answerable.workspaces.preferences import zone_of
from answerable.workspaces.rights import Right

View = Callable[..., HttpResponseBase]


LAST_WORKSPACE = "workspace"


class SecondFactorMissing(Http404):
    """Their role says that they must use a second factor, and they have none yet (T083)."""


class SignedInRequest(HttpRequest):
    """A request of somebody signed in."""

    user: User
    htmx: HtmxDetails


class MemberRequest(SignedInRequest):
    """A request that came through a member's door."""

    member: Member


@dataclass(frozen=True)
class Door:
    """Who may come in: anybody, whoever is signed in, or a member with a right."""

    opens_to: str
    right: Right | None = None


def public(view: View) -> View:
    """Anybody. The view looks after its own secrets (tokens, signatures)."""
    view.door = Door("public")  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Whoever is signed in, for pages about themselves."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.door = Door("signed_in")  # type: ignore[attr-defined]
    return guarded


def member(right: Right) -> Callable[[View], View]:
    """Members of the workspace in the address whose role allows `right`."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, workspace: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                request.member = member_of(request.user, workspace)
            except SecondFactorMissing:
                return redirect("mfa_index")
            if not request.member.may(right):
                raise Http404
            if not request.user.time_zone:
                timezone.activate(
                    zone_of(request.member.workspace.time_zone) or timezone.get_default_timezone()
                )
            if request.session.get(LAST_WORKSPACE) != workspace:
                request.session[LAST_WORKSPACE] = workspace
            return view(request, *args, **kwargs)

        guarded.door = Door("member", right)  # type: ignore[attr-defined]
        return guarded

    return guard


def member_of(user: User, workspace: str) -> Member:
    """The active membership of a user in a workspace.

    Raises Http404 where there is none, also for a socket or a token: SecondFactorMissing is one.
    """
    found = Member.objects.select_related("workspace__counter", "role", "user")
    membership = found.filter(
        user=user, workspace__slug=workspace, active=True, user__is_active=True
    ).first()
    if membership is None:
        raise Http404
    if membership.role.require_two_factor and not has_one(user):
        raise SecondFactorMissing
    return membership
