"""Starting a workspace of one's own, where the operator allows it (ANSWERABLE_OPEN)."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import SignedInRequest
from answerable.workspaces.entrance import limits
from answerable.workspaces.forms.starting import StartForm


@door.signed_in
def workspace_new(request: SignedInRequest) -> HttpResponse:
    if not may_start(request):
        raise Http404
    form = StartForm(request.POST or None, initial={"display_name": request.user.name})
    if request.method == "POST" and form.is_valid():
        if limits.for_workspace(request.user).take():
            return redirect("welcome_mail", form.start(request.user).slug)
        form.add_error(None, _("That were too many workspaces for one day."))
    status = 422 if form.errors else 200
    return show(request, "workspaces/start.html", {"form": form}, status=status)


def may_start(request: SignedInRequest) -> bool:
    return bool(settings.OPEN or request.user.is_operator)
