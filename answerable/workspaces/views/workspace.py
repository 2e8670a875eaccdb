"""The workspace itself: its name, language and time zone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.forms.workspace import WorkspaceForm
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings


@door.member(Right.SETTINGS)
def workspace(request: MemberRequest) -> HttpResponse:
    form = WorkspaceForm(request.POST or None, instance=request.member.workspace)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The workspace is saved."))
        return redirect("workspace", request.member.workspace.slug)
    status = 422 if form.errors else 200
    context = {"form": form}
    return show_settings(request, "workspace", "workspaces/workspace.html", context, status=status)
