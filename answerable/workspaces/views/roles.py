"""Roles: named sets of rights."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.forms.people import RoleForm
from answerable.workspaces.models import Role
from answerable.workspaces.refused import Refused
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings


@door.member(Right.MEMBERS)
@require_GET
def roles(request: MemberRequest) -> HttpResponse:
    count = Count("members", filter=Q(members__active=True))
    found = list(Role.objects.visible_to(request.member).annotate(size=count).order_by("pk"))
    context = {
        "roles": [(role, request.member.may_give(role)) for role in found],
        "rights": dict(Right.choices),
    }
    return show_settings(request, "roles", "workspaces/roles.html", context)


@door.member(Right.MEMBERS)
def role_new(request: MemberRequest) -> HttpResponse:
    return _write(request, Role())


@door.member(Right.MEMBERS)
def role(request: MemberRequest, pk: int) -> HttpResponse:
    return _write(request, _find(request, pk))


@door.member(Right.MEMBERS)
@require_POST
def role_removal(request: MemberRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    try:
        found.remove()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role %s is removed.") % found.name)
    return redirect("roles", request.member.workspace.slug)


def _write(request: MemberRequest, found: Role) -> HttpResponse:
    form = RoleForm(request.POST or None, instance=found, by=request.member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The role %s is saved.") % found.name)
        return redirect("roles", request.member.workspace.slug)
    status = 422 if form.errors else 200
    context = {"form": form, "role": found}
    return show_settings(request, "roles", "workspaces/role.html", context, status=status)


def _find(request: MemberRequest, pk: int) -> Role:
    """One that the member may change; of a higher one they are told that there is none."""
    found = get_object_or_404(Role.objects.visible_to(request.member), pk=pk)
    if not request.member.may_give(found):
        raise Http404
    return found
