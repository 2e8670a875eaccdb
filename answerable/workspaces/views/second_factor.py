"""Second factors: what somebody has, and setting one up when their role asks for it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import SignedInRequest
from answerable.workspaces.entrance import second_factor


@door.signed_in
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Straight to the settings for who may enter a workspace; else what is to be set up."""
    user = request.user
    must = second_factor.must_have(user) and not second_factor.has_one(user)
    slug = user.last_workspace(request.session.get(door.LAST_WORKSPACE, ""))
    if slug and not must:
        return redirect("security", slug)
    context = {
        "must": must,
        "has_one": second_factor.has_one(user),
        "passkeys": second_factor.passkeys_are_possible(),
    }
    return show(request, "mfa/index.html", context)


@door.signed_in
def rename_passkey(request: SignedInRequest, pk: int) -> HttpResponse:
    response: HttpResponse = passkeys.edit_webauthn(request, pk=pk)
    return response


@door.signed_in
def remove_passkey(request: SignedInRequest, pk: int) -> HttpResponse:
    """Removed, unless it is the only factor of somebody who must have one."""
    key = Authenticator.objects.filter(user=request.user, pk=pk).first()
    if key and not second_factor.SecondFactor().can_delete_authenticator(key):
        words = second_factor.SecondFactor.error_messages["cannot_delete_authenticator"]
        messages.error(request, str(words))
        return HttpResponseRedirect(reverse("mfa_index"))
    response: HttpResponse = passkeys.remove_webauthn(request, pk=pk)
    return response
