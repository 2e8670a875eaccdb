"""What the views of a conversation share: finding it by its number, and answering an act."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from answerable.conversations.models import Conversation, Event, ReadMarker
from answerable.conversations.rows import rows_of
from answerable.conversations.timeline import timeline_of
from answerable.conversations.undoing import can_be_undone
from answerable.look.pages import show
from answerable.workspaces.door import MemberRequest

CONVERSATION = "conversations/conversation.html"
MARKED = ("starred", "following", "muted")
RELATED = ("inbox", "requester__company", "assignee", "team", "status")


def find(request: MemberRequest, number: int) -> Conversation:
    """The conversation with this number, or the one it is in now, if this member may see it."""
    mine = ReadMarker.objects.visible_to(request.member).filter(conversation=OuterRef("pk"))
    marks = {f"is_{name}": Exists(mine.filter(Q((name, True)))) for name in MARKED}
    visible = Conversation.objects.visible_to(request.member).select_related(*RELATED)
    visible = visible.annotate(**marks)
    conversation = _followed(get_object_or_404(visible, number=number), visible)
    conversation.workspace = request.member.workspace
    return conversation


def _followed(conversation: Conversation, visible: QuerySet[Conversation]) -> Conversation:
    """Where it was merged into, as far as that may be seen too (T052)."""
    while conversation.merged_into_id:
        target = visible.filter(pk=conversation.merged_into_id).first()
        if target is None:
            break
        conversation = target
    return conversation


def whole_number(text: str) -> int:
    """A number from an address. Raises Http404 for anything else."""
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def wants(request: MemberRequest, part: str) -> bool:
    """Whether htmx asks for one part of the page, by the id that it will replace."""
    return bool(request.htmx) and (request.htmx.target or "").endswith(f"#{part}")


def acted(
    request: MemberRequest, conversation: Conversation, said: str, before: int
) -> HttpResponse:
    """After an act: for htmx what it changed, else the page again; with a way to undo it."""
    if not request.htmx:
        messages.success(request, said)
        return HttpResponseRedirect(conversation.get_absolute_url())
    event = conversation.last_number if conversation.last_number > before else 0
    context = after(request, conversation, said)
    context["undo"] = event if event and _is_undoable(conversation, event) else 0
    return show(request, "conversations/acted.html", context)


def acted_at(conversation: Conversation, event: int) -> HttpResponse:
    """After an act on a page of its own: back to the conversation, with a way to undo it."""
    return HttpResponseRedirect(f"{conversation.get_absolute_url()}?done={event}")


def done(request: MemberRequest, conversation: Conversation) -> Event | None:
    """What this member has just done elsewhere, if it can be undone here."""
    number = request.GET.get("done", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    own = Event.objects.visible_to(request.member).filter(member=request.member)
    event = own.filter(conversation=conversation, number=int(number)).first()
    return event if event and can_be_undone(event.kind) else None


def refused(request: MemberRequest, conversation: Conversation, why: str) -> HttpResponse:
    """An act that could not be done, in words."""
    if not request.htmx:
        messages.error(request, why)
        return HttpResponseRedirect(conversation.get_absolute_url())
    context = after(request, conversation, why) | {"is_refused": True}
    return show(request, "conversations/acted.html", context)


def after(request: MemberRequest, conversation: Conversation, said: str) -> dict[str, Any]:
    """All that an act may have changed on the page."""
    visible = Conversation.objects.visible_to(request.member)
    return {
        "conversation": conversation,
        "said": said,
        "undo": 0,
        "tags": list(conversation.tags.all()),
        "timeline": timeline_of(conversation, request.member),
        "rows": rows_of(visible, request.member, [conversation.pk]),
        "list_key": request.GET.get("list", ""),
    }


def _is_undoable(conversation: Conversation, number: int) -> bool:
    kinds = conversation.events.filter(number=number).values_list("kind", flat=True)
    return any(can_be_undone(kind) for kind in kinds)


def address(request: MemberRequest, name: str, *args: Any) -> str:
    return reverse(name, args=[request.member.workspace.slug, *args])
