"""The page of one conversation and the parts of it that change alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from answerable.conversations.composing import composer_of
from answerable.conversations.lists import list_of
from answerable.conversations.models import Conversation, ReadMarker
from answerable.conversations.rows import page_of
from answerable.conversations.timeline import timeline_of
from answerable.conversations.views.errands import going
from answerable.conversations.views.finding import CONVERSATION, done, find, wants
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right


@require_GET
@door.member(Right.READ)
def page(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    if conversation.number != number:
        messages.info(request, _("#%(number)s was merged into this one.") % {"number": number})
        return HttpResponseRedirect(conversation.get_absolute_url())
    context = whole(request, conversation)
    context["done"] = done(request, conversation)
    if wants(request, "conversation"):
        return show(request, "conversations/whole.html", context)
    return show(request, CONVERSATION, context)


@require_GET
@door.member(Right.READ)
def thread(request: MemberRequest, number: int) -> HttpResponse:
    """The thread as it is now, `from` where it began; or the part `before` what is shown."""
    conversation = find(request, number)
    before, first = _number(request, "before"), _number(request, "from")
    timeline = timeline_of(conversation, request.member, before=before, first=first)
    part = "earlier_part" if before else "thread"
    context = {"conversation": conversation, "timeline": timeline}
    return show(request, f"conversations/{part}.html", context)


@require_GET
@door.member(Right.READ)
def header(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    context = {"conversation": conversation, "tags": list(conversation.tags.all())}
    context["list_key"] = request.GET.get("list", "")
    return show(request, "conversations/header.html", context)


@require_POST
@door.member(Right.READ)
def reading(request: MemberRequest, number: int) -> HttpResponse:
    """This member has read as far as there is."""
    conversation = find(request, number)
    ReadMarker.objects.update_or_create(
        member=request.member,
        conversation=conversation,
        defaults={"number": conversation.last_number},
    )
    return HttpResponse(status=204)


@require_GET
@door.member(Right.READ)
def beside(request: MemberRequest, key: str) -> HttpResponse:
    """The list that stands beside an open conversation, fetched after it."""
    shown = list_of(request.member, key) or list_of(request.member, "open")
    assert shown is not None  # noqa: S101 - "open" is always there
    context = {
        "list": shown,
        "list_key": shown.key,
        "page": page_of(shown.rows(request.member), request.member, order=shown.order),
        "open_number": request.GET.get("open", ""),
        "errand": going(request),
    }
    return show(request, "conversations/list_pane.html", context)


def whole(request: MemberRequest, conversation: Conversation, **more: Any) -> dict[str, Any]:
    """What the page of a conversation shows."""
    timeline = timeline_of(conversation, request.member)
    return {
        "conversation": conversation,
        "timeline": timeline,
        "tags": list(conversation.tags.all()),
        "composer": composer_of(
            conversation, request.member, files=timeline.in_drafts, known=timeline.drafts
        ),
        "list_key": request.GET.get("list", "") or "open",
        **more,
    }


def _number(request: MemberRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0
