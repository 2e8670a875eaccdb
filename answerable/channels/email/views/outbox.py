"""The outbox: mail that would have left, while an account has no mail server."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from answerable.channels.email.models import Outgoing
from answerable.channels.email.reading import read
from answerable.channels.email.views.raw import as_text
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Notice
from answerable.workspaces.rights import Right

A_PAGE = 50


@door.member(Right.READ)
@require_GET
def outbox(request: MemberRequest) -> HttpResponse:
    mails = Outgoing.objects.visible_to(request.member).defer("raw").select_related("account")
    context = {
        "place": "outbox",
        "mails": Paginator(mails.order_by("-pk"), A_PAGE).get_page(request.GET.get("page")),
        "notices": _notices(request),
    }
    return show(request, "email/outbox.html", context)


@door.member(Right.READ)
@require_GET
def outbox_mail(request: MemberRequest, pk: int) -> HttpResponse:
    mail = _find(request, pk)
    context = {"place": "outbox", "mail": mail, "letter": read(bytes(mail.raw))}
    return show(request, "email/outbox_mail.html", context)


@door.member(Right.READ)
@require_GET
def outbox_raw(request: MemberRequest, pk: int) -> HttpResponse:
    return as_text(bytes(_find(request, pk).raw))


def _notices(request: MemberRequest) -> list[Notice]:
    """Mail of the installation to members that waits. It has links that open things: owners only."""
    if not request.member.may(Right.OWN):
        return []
    waiting = Notice.objects.filter(workspace=request.member.workspace_id, sent_at=None)
    return list(waiting.order_by("-pk")[:A_PAGE])


def _find(request: MemberRequest, pk: int) -> Outgoing:
    visible = Outgoing.objects.visible_to(request.member).select_related("account__inbox")
    found: Outgoing = get_object_or_404(visible, pk=pk)
    return found
