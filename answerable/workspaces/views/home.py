"""The start: on to the desk, to a choice of desks, or to signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import SignedInRequest
from answerable.workspaces.models import User
from answerable.workspaces.views.starting import may_start


@door.public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        return redirect("account_login")
    if slug := request.user.last_workspace(request.session.get(door.LAST_WORKSPACE, "")):
        return redirect("desk", slug)
    return redirect("workspaces")


@door.signed_in
@require_GET
def workspaces(request: SignedInRequest) -> HttpResponse:
    """Which of one's workspaces?"""
    context = {"memberships": request.user.at_work_in(), "may_start": may_start(request)}
    return show(request, "workspaces/choice.html", context)
