"""Making one conversation of two, and two of one: each on a page that shows it first."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerable.conversations.joinable import joinable
from answerable.conversations.models import Conversation, Event
from answerable.conversations.models.joining import CannotJoin
from answerable.conversations.views.finding import acted_at, address, find, whole_number
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

MOST_MESSAGES = 300
SIGNS = {"list_key": ""}


@require_http_methods(["GET", "POST"])
@door.member(Right.ANSWER)
def merging(request: MemberRequest, number: int) -> HttpResponse:
    """Choose another one; look at what would be; merge."""
    conversation = find(request, number)
    if request.method == "POST":
        return _merge(request, conversation)
    if chosen := request.GET.get("with", ""):
        return _preview(request, conversation, _other(request, conversation, chosen))
    words = request.GET.get("q", "")
    context = {
        "conversation": conversation,
        "words": words,
        "others": joinable(conversation, request.member, words),
        "place": address(request, "merging", conversation.number),
        "title": _("Merge #%(number)s with another") % {"number": conversation.number},
    }
    return show(request, "conversations/joining/choosing.html", context | SIGNS)


def _preview(request: MemberRequest, one: Conversation, other: Conversation) -> HttpResponse:
    """The older one stays, unless it was asked to be the other way round."""
    older, newer = sorted((one, other), key=lambda each: (each.created_at, each.pk))
    if request.GET.get("stays", "") == str(newer.number):
        older, newer = newer, older
    context = {
        "conversation": one,
        "other": other,
        "source": newer,
        "target": older,
        "notes": newer.notes.count(),
    }
    return show(request, "conversations/joining/merging.html", context | SIGNS)


def _merge(request: MemberRequest, source: Conversation) -> HttpResponse:
    target = _other(request, source, request.POST.get("into", ""))
    try:
        source.merge_into(target, by=request.member)
    except CannotJoin:
        messages.error(request, _("These two cannot be merged: one of them has been already."))
        return HttpResponseRedirect(target.get_absolute_url())
    merged = target.events.filter(kind=Event.Kind.MERGED, particulars__source=source.pk)
    return acted_at(target, merged.order_by("-number").values_list("number", flat=True)[0])


@require_http_methods(["GET", "POST"])
@door.member(Right.ANSWER)
def splitting(request: MemberRequest, number: int) -> HttpResponse:
    """Choose messages and a subject; they move into a conversation of their own."""
    conversation = find(request, number)
    said = list(conversation.messages.order_by("-number")[:MOST_MESSAGES])[::-1]
    chosen = set(request.POST.getlist("messages"))
    subject = request.POST.get("subject", "").strip()[:250] or conversation.subject
    problem = ""
    if request.method == "POST":
        picked = [each for each in said if str(each.pk) in chosen]
        try:
            new = conversation.split(picked, subject, by=request.member)
            return acted_at(new, new.events.get(kind=Event.Kind.SPLIT).number)
        except CannotJoin:
            problem = _("Choose at least one message, and leave at least one here.")
    context = {"conversation": conversation, "said": said, "chosen": chosen}
    context |= {"subject": subject, "problem": problem}
    status = 422 if problem else 200
    page = "conversations/joining/splitting.html"
    return show(request, page, context | SIGNS, status=status)


def _other(request: MemberRequest, conversation: Conversation, number: str) -> Conversation:
    visible = Conversation.objects.visible_to(request.member).exclude(pk=conversation.pk)
    return get_object_or_404(visible, number=whole_number(number.removeprefix("#")))
