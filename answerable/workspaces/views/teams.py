"""Teams: who answers together."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.forms.people import TeamForm
from answerable.workspaces.models import Team
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings


@door.member(Right.MEMBERS)
@require_GET
def teams(request: MemberRequest) -> HttpResponse:
    count = Count("members", filter=Q(members__active=True))
    context = {"teams": Team.objects.visible_to(request.member).annotate(size=count)}
    return show_settings(request, "teams", "workspaces/teams.html", context)


@door.member(Right.MEMBERS)
def team_new(request: MemberRequest) -> HttpResponse:
    return _write(request, Team())


@door.member(Right.MEMBERS)
def team(request: MemberRequest, pk: int) -> HttpResponse:
    return _write(request, _find(request, pk))


@door.member(Right.MEMBERS)
@require_POST
def team_removal(request: MemberRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    found.delete()
    messages.success(request, _("The team %s is removed.") % found.name)
    return redirect("teams", request.member.workspace.slug)


def _write(request: MemberRequest, found: Team) -> HttpResponse:
    form = TeamForm(request.POST or None, instance=found, by=request.member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The team %s is saved.") % found.name)
        return redirect("teams", request.member.workspace.slug)
    status = 422 if form.errors else 200
    context = {"form": form, "team": found}
    return show_settings(request, "teams", "workspaces/team.html", context, status=status)


def _find(request: MemberRequest, pk: int) -> Team:
    return get_object_or_404(Team.objects.visible_to(request.member), pk=pk)
