"""Mail that arrived and became no message: why, and what can be done about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from answerable.channels.email.models import Mail
from answerable.channels.email.views.raw import as_text
from answerable.masking import mask_mail
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings

A_PAGE = 50


@door.member(Right.INBOXES)
@require_GET
def mail_trouble(request: MemberRequest) -> HttpResponse:
    mails = Mail.objects.visible_to(request.member).in_trouble().defer("raw")
    shown = Paginator(mails.select_related("account").order_by("-pk"), A_PAGE)
    context = {"mails": shown.get_page(request.GET.get("page"))}
    return show_settings(request, "mail-trouble", "email/trouble.html", context)


@door.member(Right.INBOXES)
@require_POST
def mail_retry(request: MemberRequest, mail_id: int) -> HttpResponse:
    """Read it again, as when something was put right."""
    mail = _find(request, mail_id)
    with transaction.atomic():
        if mail.raw is None and mail.original is not None:
            Mail.objects.filter(pk=mail.pk).update(raw=mail.original.read())
        retried = mail.retry()
        if retried:
            Mail.objects.filter(pk=mail.pk).update(state=Mail.State.STORED, reason="")
    if retried:
        messages.success(request, _("It is read again."))
    return redirect("mail_trouble", request.member.workspace.slug)


@door.member(Right.INBOXES)
@require_GET
def mail_raw(request: MemberRequest, mail_id: int) -> HttpResponse:
    """The mail as text, with card numbers made unreadable (P61)."""
    mail = _find(request, mail_id)
    if mail.original is not None:
        return as_text(mail.original.read())
    if mail.raw is None:
        raise Http404
    return as_text(mask_mail(bytes(mail.raw))[0])


def _find(request: MemberRequest, mail_id: int) -> Mail:
    mails = Mail.objects.visible_to(request.member).in_trouble().select_related("original")
    return get_object_or_404(mails, pk=mail_id)
