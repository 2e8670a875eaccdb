"""What strangers sent, served so that it can do nothing: mail bodies and files."""

from functools import partial

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from answerable.conversations.framing import LARGE, POLICY, SMALL, document, made_anew
from answerable.conversations.models import Attachment, Message
from answerable.conversations.views.pictures import address_of
from answerable.files.store import store
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

LARGEST_PICTURE = 12_000_000
NOTHING = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_GET
@door.member(Right.READ)
def body(request: MemberRequest, pk: int) -> HttpResponse:
    """The HTML of a message, for its frame; `?pictures` also loads those from elsewhere."""
    message = get_object_or_404(Message.objects.visible_to(request.member), pk=pk)
    files = message.attachments.exclude(content_id="").select_related("file")
    has_pictures = "pictures" in request.GET
    slug = request.member.workspace.slug
    proxy = partial(address_of, slug) if has_pictures else None
    response = HttpResponse(document(message.html, files, proxy))
    response["Content-Security-Policy"] = POLICY.format(remote="'self'" if has_pictures else "")
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, max-age=600"
    return response


@require_GET
@door.member(Right.READ)
def attachment(request: MemberRequest, pk: int) -> HttpResponseBase:
    """A file, as something to save; a picture made anew, to look at, with `?small` or `?large`."""
    found = Attachment.objects.visible_to(request.member).select_related("file")
    attached = get_object_or_404(found, pk=pk)
    for size, most in (("small", SMALL), ("large", LARGE)):
        if size in request.GET:
            return _picture(attached, most)
    response = FileResponse(
        store().open(attached.file.path), content_type="application/octet-stream"
    )
    disposition = content_disposition_header(as_attachment=True, filename=attached.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Length"] = str(attached.size)
    response["Content-Security-Policy"] = NOTHING
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _picture(attached: Attachment, most: int) -> HttpResponse:
    is_sane = attached.size <= LARGEST_PICTURE
    content = made_anew(attached.file.read(), most) if is_sane else b""
    if not content:
        raise Http404
    response = HttpResponse(content, content_type="image/webp")
    response["Content-Security-Policy"] = NOTHING
    response["Cache-Control"] = "private, max-age=604800, immutable"
    return response
