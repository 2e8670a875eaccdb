"""The outbox: mail that would have left, while an account has no mail server."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from answerable.channels.email.models import Outgoing
from answerable.channels.email.reading import Address, Letter, read
from answerable.channels.email.views.raw import as_text
from answerable.conversations.views.lists import nav_of
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Notice
from answerable.workspaces.rights import Right

A_PAGE = 50
NO_LIST = {"list_key": ""}


@door.member(Right.READ)
@require_GET
def outbox(request: MemberRequest) -> HttpResponse:
    mails = Outgoing.objects.visible_to(request.member).defer("raw").select_related("account")
    context = {
        "place": "outbox",
        "mails": Paginator(mails.order_by("-pk"), A_PAGE).get_page(request.GET.get("page")),
        "waiting": _waiting(request),
    }
    return show(request, "email/outbox.html", context | nav_of(request.member) | NO_LIST)


@door.member(Right.READ)
@require_GET
def outbox_mail(request: MemberRequest, outgoing_id: int) -> HttpResponse:
    mail = _find(request, outgoing_id)
    letter = read(bytes(mail.raw))
    message = mail.delivery.message if mail.delivery else None
    context = {
        "place": "outbox",
        "mail": mail,
        "letter": letter,
        "shown": _fields_of(mail, letter),
        "conversation": message.conversation.get_absolute_url() if message else "",
    }
    return show(request, "email/outbox_mail.html", context | nav_of(request.member) | NO_LIST)


def _fields_of(mail: Outgoing, letter: Letter) -> list[tuple[str, str]]:
    return [
        (_("From"), _named(letter.senders)),
        (_("To"), _named(letter.to)),
        (_("Cc"), _named(letter.cc)),
        (_("For"), mail.recipient),
        (_("Answers to"), _named(letter.reply_to)),
        (_("Message-ID"), letter.message_id),
        (_("In answer to"), " ".join(letter.answers)),
    ]


def _named(addresses: Iterable[Address]) -> str:
    return ", ".join(f"{a.name} <{a.email}>" if a.name else a.email for a in addresses)


@door.member(Right.READ)
@require_GET
def outbox_raw(request: MemberRequest, outgoing_id: int) -> HttpResponse:
    return as_text(bytes(_find(request, outgoing_id).raw))


def _waiting(request: MemberRequest) -> list[Notice]:
    """Mail of the installation to members that waits. It tells of every inbox: owners only."""
    if not request.member.may(Right.OWN):
        return []
    waiting = Notice.objects.visible_to(request.member).filter(sent_at=None)
    return list(waiting.order_by("-pk")[:A_PAGE])


def _find(request: MemberRequest, outgoing_id: int) -> Outgoing:
    visible = Outgoing.objects.visible_to(request.member).select_related(
        "account", "delivery__message__conversation__workspace"
    )
    found: Outgoing = get_object_or_404(visible, pk=outgoing_id)
    return found
