"""Replies and notes, and the drafts they begin as."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.conversations.channel import Unsendable, channel_of
from answerable.conversations.composing import composer_of
from answerable.conversations.drafting import draft_of, keep_files
from answerable.conversations.forms.saying import DraftForm, NoteForm, ReplyForm, SomebodyWrote
from answerable.conversations.models import Conversation, Draft, Message, SaidOtherwise
from answerable.conversations.timeline import timeline_of
from answerable.conversations.views.conversation import whole
from answerable.conversations.views.finding import CONVERSATION, acted, address, after, find
from answerable.look.pages import show
from answerable.look.times import exactly
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Member
from answerable.workspaces.rights import Right


@require_POST
@door.member(Right.ANSWER)
def replies(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    before = conversation.last_number
    form = ReplyForm(request.POST, conversation)
    if form.is_repeat(request.member):
        return composed(request, conversation, _("Sent"), before)
    draft = _keep(request, conversation, "reply")
    if not form.is_valid():
        return _again(request, conversation, "reply", _words(form))
    files = list(draft.attachments.all())
    if form.forgets_a_file(files):
        return _again(request, conversation, "reply", "", is_file_forgotten=True)
    try:
        return (_send_later if form.send_at else _send)(request, form, draft, before)
    except (SaidOtherwise, SomebodyWrote, Unsendable) as why:
        return _unsent(request, conversation, why)


def _send(request: MemberRequest, form: ReplyForm, draft: Draft, before: int) -> HttpResponse:
    message = form.send(list(draft.attachments.all()), by=request.member)
    draft.delete()
    back = ""
    if message and message.is_held:
        back = address(request, "unsending", form.conversation.number, message.pk)
    return composed(request, form.conversation, _("Sent"), before, take_back=back)


def _send_later(request: MemberRequest, form: ReplyForm, draft: Draft, before: int) -> HttpResponse:
    at = form.wait(draft, by=request.member)
    said = _("Will be sent at %(time)s") % {"time": exactly(at)}
    back = address(request, "hold_back", form.conversation.number, draft.pk)
    return composed(request, form.conversation, said, before, take_back=back)


def _unsent(request: MemberRequest, conversation: Conversation, why: Exception) -> HttpResponse:
    """The composer again, with what it was that kept an answer from leaving."""
    if isinstance(why, SaidOtherwise):
        return _otherwise(request, conversation, "reply")
    if isinstance(why, SomebodyWrote):
        conversation.refresh_from_db(fields=["last_message_number"])
        return _again(request, conversation, "reply", "", came_since=True)
    return _again(request, conversation, "reply", str(why))


@require_POST
@door.member(Right.NOTE)
def notes(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    before = conversation.last_number
    form = NoteForm(request.POST, conversation)
    if form.is_repeat(request.member):
        return composed(request, conversation, _("Note kept"), before)
    draft = _keep(request, conversation, "note")
    if not form.is_valid():
        return _again(request, conversation, "note", _words(form))
    try:
        form.write(list(draft.attachments.all()), by=request.member)
    except SaidOtherwise:
        return _otherwise(request, conversation, "note")
    draft.delete()
    return composed(request, conversation, _("Note kept"), before)


@require_POST
@door.member(Right.NOTE)
def draft(request: MemberRequest, number: int, kind: str) -> HttpResponse:
    """What has been typed so far. An empty draft is no draft."""
    conversation = find(request, number)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    with transaction.atomic():
        conversation.lock()
        kept = draft_of(conversation, request.member, kind)
        if kept.send_at:
            # It waits as it was; a page that was left open must not change it.
            return HttpResponse(status=204)
        form.keep(kept)
    if not kept.text.strip() and not kept.attachments.exists():
        kept.delete()
    return HttpResponse(status=204)


@require_POST
@door.member(Right.ANSWER)
def retry(request: MemberRequest, number: int, message: int) -> HttpResponse:
    """Send an answer once more: the same mail, so that it cannot arrive twice."""
    conversation = find(request, number)
    answers = conversation.messages.filter(kind=Message.Kind.OUT)
    channel_of(conversation.inbox).retry(get_object_or_404(answers, pk=message))
    return acted(request, conversation, _("Sending once more"), conversation.last_number)


@transaction.atomic
def _keep(request: MemberRequest, conversation: Conversation, kind: str) -> Draft:
    """The draft as it stands in the form that was sent, so that no failure loses it."""
    conversation.lock()
    kept = draft_of(conversation, request.member, kind)
    conversation.hold_back(kept, by=request.member)
    form = DraftForm(request.POST)
    if form.is_valid():
        form.keep(kept)
    keep_files(kept, request.FILES.getlist("files"))
    return kept


def _again(
    request: MemberRequest,
    conversation: Conversation,
    kind: str,
    problem: str,
    *,
    status: int = 422,
    **marks: bool,
) -> HttpResponse:
    """The composer once more, with what is wrong; what was typed is in the draft."""
    composer = composer_of(conversation, request.member, kind)
    composer.problem = problem
    for name, is_so in marks.items():
        setattr(composer, name, is_so)
    context = {"conversation": conversation, "composer": composer, "list_key": ""}
    if not request.htmx:
        page = whole(request, conversation, composer=composer)
        return show(request, CONVERSATION, page, status=status)
    context["timeline"] = timeline_of(conversation, request.member)
    return show(request, "conversations/again.html", context, status=status)


def _otherwise(request: MemberRequest, conversation: Conversation, kind: str) -> HttpResponse:
    """The same composer has been sent already, with other words."""
    problem = _("You have sent this already, with other words: see above. Send these as well?")
    return _again(request, conversation, kind, problem, status=409)


def composed(
    request: MemberRequest,
    conversation: Conversation,
    said: str,
    before: int,
    *,
    kind: str = "",
    take_back: str | bool = "",
    is_back: bool = False,
) -> HttpResponse:
    """After words: the composer as it is now, and what they changed."""
    if not request.htmx:
        return acted(request, conversation, said, before)
    composer = composer_of(conversation, request.member, kind)
    composer.is_back = is_back
    context = after(request, conversation, said) | {"composer": composer, "take_back": take_back}
    return show(request, "conversations/said.html", context)


def _words(form: ReplyForm | NoteForm) -> str:
    if form.errors.get("text") and not form.data.get("text", "").strip():
        return _("There is nothing written yet.")
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


@door.member(Right.READ)
def colleagues(request: MemberRequest) -> HttpResponse:
    """Those who can be called with an @."""
    members = Member.objects.visible_to(request.member).at_work().order_by("display_name")[:500]
    return show(request, "conversations/colleagues.html", {"members": members})
