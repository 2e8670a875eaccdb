"""Invitations: sent, sent again, revoked, and accepted by whoever got them."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from answerable.look.pages import show
from answerable.workspaces import door, letters
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.entrance import limits
from answerable.workspaces.entrance.log import address_of
from answerable.workspaces.forms.joining import JoinForm
from answerable.workspaces.forms.people import InvitationForm
from answerable.workspaces.models import Invitation, Member, User
from answerable.workspaces.refused import Refused
from answerable.workspaces.rights import Right
from answerable.workspaces.views.members import show_members

# The secret leaves the address bar at once, for the session.
KEPT = "invitation"


@door.member(Right.MEMBERS)
@require_POST
def invitations(request: MemberRequest) -> HttpResponse:
    form = InvitationForm(request.POST, by=request.member)
    if not form.is_valid():
        return show_members(request, form, status=422)
    email = form.cleaned_data["email"]
    if not limits.take_all(limits.for_invitation(request.member.workspace_id, email)):
        form.add_error(None, _("That were too many invitations for one day."))
        return show_members(request, form, status=429)
    role, teams = form.cleaned_data["role"], list(form.cleaned_data["teams"])
    invitation, token = Invitation.issue(email, role, by=request.member, teams=teams)
    return _sent(request, invitation, token)


@door.member(Right.MEMBERS)
@require_POST
def invitation_again(request: MemberRequest, pk: int) -> HttpResponse:
    """A new link; the earlier one is dead."""
    invitation = _find(request, pk)
    try:
        if not limits.take_all(
            limits.for_invitation(request.member.workspace_id, invitation.email)
        ):
            raise Refused(_("That were too many invitations for one day."))
        token = invitation.renew(by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("members", request.member.workspace.slug)
    return _sent(request, invitation, token)


@door.member(Right.MEMBERS)
@require_POST
def invitation_revocation(request: MemberRequest, pk: int) -> HttpResponse:
    _find(request, pk).revoke()
    messages.success(request, _("The invitation does not work any more."))
    return redirect("members", request.member.workspace.slug)


@door.public
@never_cache
@require_GET
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail. What is wrong with one is not told (T072)."""
    if not limits.for_token(address_of(request)).take():
        return show(request, "429.html", status=429)
    request.session[KEPT] = token
    return redirect("joining")


@door.public
@never_cache
def joining(request: HttpRequest) -> HttpResponse:
    """Accept: with a new account, or as whoever is signed in with this very address."""
    found = Invitation.of_secret(request.session.get(KEPT, ""))
    if found is None:
        return show(request, "workspaces/invitation_over.html", status=404)
    if User.of_address(found.email):
        return _join_as_known(request, found)
    return _join_as_new(request, found)


def _join_as_known(request: HttpRequest, found: Invitation) -> HttpResponse:
    user = request.user
    is_they = isinstance(user, User) and user.email == found.email
    if request.method == "POST" and is_they:
        try:
            member = found.accept(user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("home")
        return _welcomed(request, member)
    context = {"invitation": found, "is_they": is_they, "form": None}
    return show(request, "workspaces/joining.html", context)


def _join_as_new(request: HttpRequest, found: Invitation) -> HttpResponse:
    is_somebody_else = request.user.is_authenticated
    form = JoinForm(request.POST or None, email=found.email)
    if request.method == "POST" and not is_somebody_else and form.is_valid():
        member = form.join(found)
        response = _welcomed(request, member)
        record_authentication(request, member.user, "password")
        perform_login(request, Login(user=member.user, email=found.email))
        return response
    context = {"invitation": found, "is_they": not is_somebody_else, "form": form}
    status = 422 if form.errors else 200
    return show(request, "workspaces/joining.html", context, status=status)


def _welcomed(request: HttpRequest, member: Member) -> HttpResponse:
    request.session.pop(KEPT, None)
    letters.send_welcome(member)
    return redirect("desk", member.workspace.slug)


def _sent(request: MemberRequest, invitation: Invitation, token: str) -> HttpResponse:
    if link := letters.invite(invitation, token):
        return show_members(request, InvitationForm(by=request.member), link=link)
    messages.success(request, _("An invitation is on its way to %s.") % invitation.email)
    return redirect("members", request.member.workspace.slug)


def _find(request: MemberRequest, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(request.member), pk=pk)
