"""Who works here: the list, one member, and their coming and going."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.forms.people import InvitationForm, MemberForm
from answerable.workspaces.models import Invitation, Member
from answerable.workspaces.refused import Refused
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings


@door.member(Right.MEMBERS)
@require_GET
def members(request: MemberRequest) -> HttpResponse:
    return show_members(request, InvitationForm(by=request.member))


def show_members(
    request: MemberRequest, form: InvitationForm, *, link: str = "", status: int = 200
) -> HttpResponse:
    """The members and who is invited; `link` is an invitation that no mail could carry."""
    colleagues = Member.objects.visible_to(request.member).select_related("user", "role")
    invited = Invitation.objects.visible_to(request.member).select_related("role", "invited_by")
    context = {
        "members": colleagues.prefetch_related("teams").order_by("-active", "display_name", "pk"),
        "invitations": invited.filter(accepted_at=None, revoked_at=None).order_by("-created_at"),
        "form": form,
        "link": link,
    }
    return show_settings(request, "members", "workspaces/members.html", context, status=status)


@door.member(Right.MEMBERS)
def member(request: MemberRequest, pk: int) -> HttpResponse:
    colleague = _find(request, pk)
    form = _form_of(request, colleague)
    if request.method == "POST" and form.is_valid():
        try:
            form.change(colleague)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%s is saved.") % colleague.display_name)
            return redirect("members", request.member.workspace.slug)
    context = {"form": form, "colleague": colleague}
    status = 422 if form.errors else 200
    return show_settings(request, "members", "workspaces/member.html", context, status=status)


@door.member(Right.MEMBERS)
@require_POST
def deactivation(request: MemberRequest, pk: int) -> HttpResponse:
    colleague = _find(request, pk)
    try:
        colleague.deactivate(by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%s is out, everywhere.") % colleague.display_name)
    return redirect("members", request.member.workspace.slug)


@door.member(Right.MEMBERS)
@require_POST
def activation(request: MemberRequest, pk: int) -> HttpResponse:
    colleague = _find(request, pk)
    try:
        colleague.activate(by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%s may come in again.") % colleague.display_name)
    return redirect("members", request.member.workspace.slug)


def _find(request: MemberRequest, pk: int) -> Member:
    colleagues = Member.objects.visible_to(request.member).select_related("role", "user")
    return get_object_or_404(colleagues, pk=pk)


def _form_of(request: MemberRequest, colleague: Member) -> MemberForm:
    teams = [team.pk for team in colleague.teams.all()]
    now = {"role": colleague.role_id, "teams": teams}
    return MemberForm(request.POST or None, initial=now, by=request.member)
