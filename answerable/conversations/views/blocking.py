"""Letting the mail of an address, or of its whole domain, go to spam from now on."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerable.conversations.models import Conversation, Message
from answerable.conversations.views.finding import find
from answerable.customers.forms import EVERYBODYS
from answerable.customers.models import Block, Identity
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

PAGE = "conversations/joining/blocking.html"


@require_http_methods(["GET", "POST"])
@door.member(Right.ANSWER)
def blocking(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    email = _writer(conversation)
    choices = _choices(email)
    blocked = Block.objects.visible_to(request.member).filter(value__in=choices.values())
    if request.method == "POST" and request.POST.get("kind") == "nobody":
        blocked.delete()
        messages.success(request, _("Their mail arrives again."))
        return HttpResponseRedirect(conversation.get_absolute_url())
    if request.method == "POST" and (value := choices.get(request.POST.get("kind", ""))):
        _block(request, conversation, request.POST["kind"], value)
        return HttpResponseRedirect(conversation.get_absolute_url())
    context = {
        "conversation": conversation,
        "choices": choices,
        "blocked": list(blocked.values_list("value", flat=True)),
        "list_key": "",
    }
    return show(request, PAGE, context)


@transaction.atomic
def _block(request: MemberRequest, conversation: Conversation, kind: str, value: str) -> None:
    Block.objects.get_or_create(
        workspace=request.member.workspace,
        value=value,
        defaults={"kind": kind, "by": request.member},
    )
    conversation.mark_spam(by=request.member, because=_("its sender is blocked"))
    messages.success(request, _("Mail from %s goes to spam from now on.") % value)


def _writer(conversation: Conversation) -> str:
    """Who wrote the last mail that came; else the customer's address."""
    came = conversation.messages.filter(kind=Message.Kind.IN).exclude(from_email="")
    written = came.order_by("-number").values_list("from_email", flat=True).first()
    known = conversation.requester.identities.filter(kind=Identity.Kind.EMAIL)
    email = written or known.values_list("value", flat=True).first() or ""
    return email.strip().casefold()


def _choices(email: str) -> dict[str, str]:
    """What can be blocked, by kind."""
    domain = email.rpartition("@")[2]
    choices = {Block.Kind.ADDRESS.value: email} if email else {}
    if domain and domain not in EVERYBODYS:
        choices[Block.Kind.DOMAIN.value] = domain
    return choices
