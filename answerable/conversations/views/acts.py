"""What a member does to a conversation without words. Every act is a POST to a noun."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.conversations.forms.acts import SnoozeForm, SubjectForm
from answerable.conversations.models import Conversation, Event
from answerable.conversations.undoing import CannotUndo, undo
from answerable.conversations.views.finding import acted, find, refused
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

Verb = Callable[[Conversation, MemberRequest], object]


def _act(
    verb: Callable[[Conversation, MemberRequest], object], said: Callable[[], str]
) -> door.View:
    """A view that does one thing to a conversation and says so."""

    @require_POST
    @door.member(Right.ANSWER)
    def view(request: MemberRequest, number: int) -> HttpResponse:
        conversation = find(request, number)
        before = conversation.last_number
        verb(conversation, request)
        return acted(request, conversation, said(), before)

    return view


resolution = _act(lambda it, request: it.resolve(by=request.member), lambda: _("Resolved"))
reopening = _act(lambda it, request: it.reopen(by=request.member), lambda: _("Reopened"))
spam = _act(lambda it, request: it.mark_spam(by=request.member), lambda: _("Marked as spam"))
no_spam = _act(lambda it, request: it.clear_spam(by=request.member), lambda: _("Not spam"))
trash = _act(lambda it, request: it.trash(by=request.member), lambda: _("Moved to the trash"))
restoration = _act(lambda it, request: it.restore(by=request.member), lambda: _("Restored"))


@require_POST
@door.member(Right.ANSWER)
def snooze(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        return refused(request, conversation, form.words)
    before = conversation.last_number
    conversation.snooze(form.moment_chosen, by=request.member)
    return acted(request, conversation, form.said, before)


@require_POST
@door.member(Right.ANSWER)
def subject(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    form = SubjectForm(request.POST)
    if not form.is_valid():
        return refused(request, conversation, _("A subject needs at least one letter."))
    before = conversation.last_number
    conversation.rename(form.cleaned_data["subject"], by=request.member)
    return acted(request, conversation, _("Subject changed"), before)


@require_POST
@door.member(Right.ANSWER)
def undoing(request: MemberRequest, number: int) -> HttpResponse:
    """Take back one's own act, named by its event's number."""
    conversation = find(request, number)
    named = request.POST.get("event", "")
    events = Event.objects.visible_to(request.member).filter(conversation=conversation)
    event = get_object_or_404(events, number=int(named) if named.isdecimal() else 0)
    event.conversation = conversation
    try:
        undo(event, by=request.member)
    except CannotUndo:
        return refused(request, conversation, _("This cannot be undone any more."))
    conversation.refresh_from_db()
    return acted(request, find(request, number), _("Undone"), conversation.last_number)
