"""One's own locks: password, second factors, sessions, and where one signed in from."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from answerable.workspaces import door, sessions
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.entrance import second_factor
from answerable.workspaces.models import SignIn
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings

LATEST = 10


@door.member(Right.READ)
@require_GET
def security(request: MemberRequest) -> HttpResponse:
    factors = second_factor.factors_of(request.user)
    context = {
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one.wrap() for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "codes": [one for one in factors if one.type == Authenticator.Type.RECOVERY_CODES],
        "passkeys_are_possible": second_factor.passkeys_are_possible(),
        "browsers": sessions.browsers_of(request.user, request.session.session_key),
        "sign_ins": SignIn.objects.visible_to(request.member).filter(user=request.user)[:LATEST],
    }
    return show_settings(request, "security", "workspaces/security.html", context)


@door.member(Right.READ)
@require_POST
def session_end(request: MemberRequest, pk: int) -> HttpResponse:
    if not sessions.end_one(request.user, pk):
        raise Http404
    messages.success(request, _("That browser is signed out."))
    return redirect("security", request.member.workspace.slug)


@door.member(Right.READ)
@require_POST
def sessions_end(request: MemberRequest) -> HttpResponse:
    """All but this one."""
    sessions.end_others(request.user, request.session.session_key)
    messages.success(request, _("All other browsers are signed out."))
    return redirect("security", request.member.workspace.slug)
