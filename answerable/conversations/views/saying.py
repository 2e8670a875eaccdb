"""Replies and notes, and the drafts they begin as."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.conversations.channel import Unsendable, channel_of
from answerable.conversations.composing import composer_of
from answerable.conversations.drafting import draft_of, keep_files
from answerable.conversations.forms.saying import DraftForm, NoteForm, ReplyForm
from answerable.conversations.models import Conversation, Draft, Message
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
    draft = _keep(request, conversation, "reply")
    if not form.is_valid():
        return _again(request, conversation, "reply", _words(form))
    if form.somebody_wrote_meanwhile:
        return _again(request, conversation, "reply", "", came_since=True)
    files = list(draft.attachments.all())
    if form.forgets_a_file(files):
        return _again(request, conversation, "reply", "", is_file_forgotten=True)
    if form.send_at:
        form.wait(draft, by=request.member)
        said = _("Will be sent at %(time)s") % {"time": exactly(form.send_at)}
        back = address(request, "hold_back", conversation.number, draft.pk)
        return composed(request, conversation, said, before, take_back=back)
    try:
        message = form.send(files, by=request.member)
    except Unsendable as why:
        return _again(request, conversation, "reply", str(why))
    draft.delete()
    back = address(request, "unsending", conversation.number, message.pk)
    return composed(request, conversation, _("Sent"), before, take_back=message.is_held and back)


@require_POST
@door.member(Right.NOTE)
def notes(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    before = conversation.last_number
    form = NoteForm(request.POST)
    draft = _keep(request, conversation, "note")
    if not form.is_valid():
        return _again(request, conversation, "note", _words(form))
    form.write(conversation, list(draft.attachments.all()), by=request.member)
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


def _keep(request: MemberRequest, conversation: Conversation, kind: str) -> Draft:
    """The draft as it stands in the form that was sent, so that no failure loses it."""
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
        return show(request, CONVERSATION, page, status=422)
    context["timeline"] = timeline_of(conversation, request.member)
    return show(request, "conversations/again.html", context, status=422)


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
