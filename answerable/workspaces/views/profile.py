"""One's own profile, and the pictures of members."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from answerable.workspaces import door, pictures
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.forms.profile import ProfileForm
from answerable.workspaces.models import Member
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings


@door.member(Right.READ)
def profile(request: MemberRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ProfileForm(*sent, instance=request.member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("profile", request.member.workspace.slug)
    status = 422 if form.errors else 200
    # What did not pass is not shown as if it were so.
    shown = Member.objects.visible_to(request.member).get(pk=request.member.pk)
    context = {"form": form, "shown": shown}
    return show_settings(request, "profile", "workspaces/profile.html", context, status=status)


@door.member(Right.READ)
@require_GET
def avatar(request: MemberRequest, name: str) -> HttpResponse:
    """A picture of a colleague, by the hash of what is in it."""
    if not Member.objects.visible_to(request.member).filter(avatar=name).exists():
        raise Http404
    picture = pictures.read(request.member.workspace_id, name)
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(picture, content_type="image/webp", headers=headers)
