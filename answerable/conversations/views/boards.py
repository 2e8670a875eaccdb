"""A view as a board, and the moves of its cards."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.conversations.board import columns_of, filled
from answerable.conversations.lists import List, list_of
from answerable.conversations.models import Conversation, Event, View
from answerable.conversations.models.sorting import NotVisible
from answerable.conversations.undoing import CannotUndo, undo
from answerable.conversations.views.finding import address, find, whole_number
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

COLUMNS = "conversations/board_columns.html"


def board_of(request: MemberRequest, shown: List) -> dict[str, Any]:
    """What a page of a board shows."""
    assert shown.view is not None  # noqa: S101 - only a view is a board
    columns = columns_of(shown.view.board_by, request.member)
    on_it = shown.rows(request.member)
    return {
        "list": shown,
        "list_key": shown.key,
        "columns": filled(columns, on_it, request.member, shown.order),
    }


@require_POST
@door.member(Right.ANSWER)
def board_moves(request: MemberRequest, view: int) -> HttpResponse:
    """Move a card, or (`undo`) take a move of one's own back."""
    shown = list_of(request.member, f"view-{view}")
    if shown is None or shown.view is None:
        raise Http404
    if number := request.POST.get("number", ""):
        toast = _moved(request, shown.view, find(request, whole_number(number)))
    else:
        toast = {"said": _("Choose a card first."), "is_refused": True}
    if not request.htmx:
        messages.success(request, toast["said"])
        return HttpResponseRedirect(address(request, "list", shown.key))
    return show(request, COLUMNS, board_of(request, shown) | {"undo": 0} | toast)


def _moved(request: MemberRequest, view: View, conversation: Conversation) -> dict[str, Any]:
    """Moved or taken back: what to say of it, and how it is undone."""
    if number := request.POST.get("undo", ""):
        return _take_back(request, conversation, whole_number(number))
    before = conversation.last_number
    toast = _move(request, view, conversation)
    if conversation.last_number > before:
        toast |= {"undo": conversation.last_number, "moved": conversation.number}
    return toast


def _move(request: MemberRequest, view: View, conversation: Conversation) -> dict[str, Any]:
    key = request.POST.get("column", "")
    columns = columns_of(view.board_by, request.member)
    column = next((each for each in columns if each.key == key), None)
    if column is None:
        return {"said": _("There is no such column."), "is_refused": True}
    try:
        with transaction.atomic():
            column.move(conversation, request.member)
    except NotVisible:
        words = _("%(name)s has no access to this inbox. Let them in, or choose somebody else.")
        return {"said": words % {"name": column.name}, "is_refused": True}
    return {"said": _("Moved to %(name)s") % {"name": column.name}}


def _take_back(request: MemberRequest, conversation: Conversation, number: int) -> dict[str, Any]:
    events = Event.objects.visible_to(request.member).filter(conversation=conversation)
    event = get_object_or_404(events, number=number)
    event.conversation = conversation
    try:
        with transaction.atomic():
            undo(event, by=request.member)
    except (CannotUndo, NotVisible):
        return {"said": _("This cannot be undone any more."), "is_refused": True}
    return {"said": _("Undone")}
