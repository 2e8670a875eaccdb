"""The way to a workspace of one's own, or the words for whoever may open it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import SignedInRequest
from answerable.workspaces.views.starting import may_start


@door.signed_in
@require_GET
def start(request: SignedInRequest) -> HttpResponse:
    if may_start(request):
        return redirect("workspace_new")
    return show(request, "welcome/ask_operator.html", {"email": request.user.email})
