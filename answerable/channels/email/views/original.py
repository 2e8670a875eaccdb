"""The mail behind a message, as it arrived."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from answerable.channels.email.models import Mail
from answerable.channels.email.views.raw import as_text
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right


@require_GET
@door.member(Right.READ)
def mail_original(request: MemberRequest, message: int) -> HttpResponse:
    mails = Mail.objects.visible_to(request.member).filter(message=message)
    mail = mails.exclude(original=None).select_related("original").first()
    if mail is None or mail.original is None:
        raise Http404
    return as_text(mail.original.read())
