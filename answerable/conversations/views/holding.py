"""Answers that have not left yet: taken back, sent later, or at once after all."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.conversations.channel import Unsendable
from answerable.conversations.models import Conversation, Draft, Message
from answerable.conversations.models.holding import NotYours, TooLate
from answerable.conversations.views.finding import find, refused
from answerable.conversations.views.saying import composed
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right


@require_POST
@door.member(Right.ANSWER)
def unsending(request: MemberRequest, number: int, message: int) -> HttpResponse:
    """Take one's own answer back while it is held: its words are in the composer again."""
    conversation = find(request, number)
    before = conversation.last_number
    answers = conversation.messages.filter(kind=Message.Kind.OUT)
    try:
        conversation.unsend(get_object_or_404(answers, pk=message), by=request.member)
    except NotYours as theirs:
        raise PermissionDenied from theirs
    except TooLate:
        return _too_late(request, conversation, _("It is on its way and cannot be taken back."))
    conversation.refresh_from_db()
    said = _("Taken back. Your words are in the composer again.")
    return composed(request, conversation, said, before, kind="reply", is_back=True)


@require_POST
@door.member(Right.ANSWER)
def hold_back(request: MemberRequest, number: int, draft: int) -> HttpResponse:
    """Not later after all: what waited is one's draft again."""
    conversation = find(request, number)
    before = conversation.last_number
    if not conversation.hold_back(_own(request, conversation, draft), by=request.member):
        return _too_late(request, conversation, _("It is not waiting any more."))
    said = _("It is a draft again, and will not be sent by itself.")
    return composed(request, conversation, said, before, kind="reply", is_back=True)


@require_POST
@door.member(Right.ANSWER)
def at_once(request: MemberRequest, number: int, draft: int) -> HttpResponse:
    """What was to be sent later is sent now."""
    conversation = find(request, number)
    before = conversation.last_number
    waiting = _own(request, conversation, draft)
    try:
        if conversation.send_waiting(waiting) is None:
            return _too_late(request, conversation, _("It is not waiting any more."))
    except Unsendable as why:
        return refused(request, conversation, str(why))
    return composed(request, conversation, _("Sent"), before)


def _own(request: MemberRequest, conversation: Conversation, pk: int) -> Draft:
    """Nobody takes back or sends what another wrote (T040)."""
    own = Draft.objects.visible_to(request.member).filter(conversation=conversation)
    return get_object_or_404(own, pk=pk)


def _too_late(request: MemberRequest, conversation: Conversation, why: str) -> HttpResponse:
    if not request.htmx:
        return refused(request, conversation, why)
    return composed(request, conversation, why, conversation.last_number)
