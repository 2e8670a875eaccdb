"""Files on their way into a message: uploaded to a draft, or taken out of it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.conversations.drafting import TooLarge, draft_of, keep_files
from answerable.conversations.models import Attachment, Draft
from answerable.conversations.views.finding import find, refused
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right


@require_POST
@door.member(Right.NOTE)
def uploads(request: MemberRequest, number: int, kind: str) -> HttpResponse:
    conversation = find(request, number)
    draft = draft_of(conversation, request.member, kind)
    problem = ""
    try:
        keep_files(draft, request.FILES.getlist("files"))
    except TooLarge as large:
        problem = _("%(name)s is too large to be sent.") % {"name": large}
    return _files(request, number, draft, problem)


@require_POST
@door.member(Right.NOTE)
def removal(request: MemberRequest, number: int, pk: int) -> HttpResponse:
    conversation = find(request, number)
    own = Attachment.objects.visible_to(request.member).filter(draft__member=request.member)
    attachment = get_object_or_404(own.select_related("draft"), pk=pk, conversation=conversation)
    draft = attachment.draft
    assert draft is not None  # noqa: S101 - the query says so
    attachment.delete()
    if not request.htmx:
        return refused(request, conversation, _("File taken out"))
    return _files(request, number, draft)


def _files(request: MemberRequest, number: int, draft: Draft, problem: str = "") -> HttpResponse:
    context = {
        "number": number,
        "kind": draft.kind,
        "files": list(draft.attachments.all()),
        "problem": problem,
    }
    return show(request, "conversations/files.html", context, status=422 if problem else 200)
