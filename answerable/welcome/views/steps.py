"""The steps after a workspace was started: an address for mail, colleagues, the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from answerable.channels.email.forms.account import NewAccountForm
from answerable.look.pages import show
from answerable.welcome.first_bars import DEMO, FIRST
from answerable.welcome.forms import ColleaguesForm
from answerable.workspaces import door, letters
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.entrance import limits
from answerable.workspaces.models import Invitation
from answerable.workspaces.rights import Right


@door.member(Right.INBOXES)
def mail(request: MemberRequest) -> HttpResponse:
    """The address that customers write to. It can be skipped, and given later."""
    workspace = request.member.workspace
    usual = {"name": _("Support"), "from_name": workspace.name}
    form = NewAccountForm(request.POST or None, initial=usual, by=request.member)
    if request.method == "POST" and form.is_valid():
        account = form.save()
        account.inbox.members.add(request.member)
        return redirect("welcome_colleagues", workspace.slug)
    status = 422 if form.errors else 200
    return show(request, "welcome/mail.html", {"form": form}, status=status)


@door.member(Right.MEMBERS)
def colleagues(request: MemberRequest) -> HttpResponse:
    form = ColleaguesForm(request.POST or None, by=request.member)
    if request.method == "POST" and form.is_valid():
        return _invited(request, form)
    status = 422 if form.errors else 200
    return show(request, "welcome/colleagues.html", {"form": form}, status=status)


def _invited(request: MemberRequest, form: ColleaguesForm) -> HttpResponse:
    """Everybody who still may be; the links, where no mail server would carry them."""
    member, role = request.member, form.cleaned_data["role"]
    emails = form.cleaned_data["emails"]
    links = []
    for email in emails:
        if not limits.take_all(limits.for_invitation(member.workspace_id, email)):
            messages.error(request, _("That were too many invitations for one day."))
            break
        invitation, token = Invitation.issue(email, role, by=member)
        links.append((email, letters.invite(invitation, token)))
    if any(link for _email, link in links):
        return show(request, "welcome/links.html", {"links": links})
    sent = ngettext("%d invitation is on its way.", "%d invitations are on their way.", len(links))
    if links:
        messages.success(request, sent % len(links))
    return redirect("desk", member.workspace.slug)


@door.member(Right.READ)
@require_POST
def putting_away(request: MemberRequest) -> HttpResponse:
    """A bar goes for good, for this member."""
    member, key = request.member, request.POST.get("bar", "")
    if key in {DEMO, FIRST} and key not in member.put_away:
        member.put_away = [*member.put_away, key]
        member.save(update_fields=["put_away"])
    return HttpResponse() if request.htmx else redirect("desk", member.workspace.slug)
