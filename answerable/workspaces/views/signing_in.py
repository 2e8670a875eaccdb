"""What allauth has no page for, or another one."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from answerable.look.pages import show
from answerable.workspaces import door


@door.public
@require_GET
def by_invitation(request: HttpRequest) -> HttpResponse:
    """Where others have a sign-up: here one is invited."""
    return show(request, "account/by_invitation.html")
