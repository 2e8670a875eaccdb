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
from django_htmx.middleware import HtmxDetails

from answerable.workspaces.models import Member, User
from answerable.workspaces.rights import Right

View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request that came through a member's door."""

    member: Member
    user: User
    htmx: HtmxDetails


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
            request.member = member_of(request.user, workspace)
            if not request.member.may(right):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.door = Door("member", right)  # type: ignore[attr-defined]
        return guarded

    return guard


def member_of(user: User, workspace: str) -> Member:
    """The active membership of a user in a workspace. Raises Http404 where there is none."""
    found = Member.objects.select_related("workspace", "role", "user")
    membership = found.filter(
        user=user, workspace__slug=workspace, active=True, user__is_active=True
    ).first()
    if membership is None:
        raise Http404
    return membership
