"""Choosing a reply template for a conversation."""

from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from answerable.conversations.drafting import draft_of
from answerable.conversations.filling import Filling
from answerable.conversations.models import Conversation, ReplyTemplate
from answerable.conversations.models.template import ReplyTemplateQuerySet
from answerable.conversations.views.finding import find
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

MOST = 300


@require_GET
@door.member(Right.ANSWER)
def templates(request: MemberRequest, number: int) -> HttpResponse:
    """Those that fit this conversation, filled in; without a script a page of its own."""
    conversation = find(request, number)
    filling = Filling(conversation, request.member)
    fitting = _fitting(request, conversation).order_by("folder", "name", "pk")[:MOST]
    filled = [(each, filling.fill(each.text)) for each in fitting]
    context = {"conversation": conversation, "templates": filled, "list_key": ""}
    page = "template_list" if request.htmx else "template_page"
    return show(request, f"conversations/{page}.html", context)


@require_POST
@door.member(Right.ANSWER)
def template_use(request: MemberRequest, number: int, template: int) -> HttpResponse:
    """Counted. Without a script its words are put below what the draft holds."""
    conversation = find(request, number)
    chosen = get_object_or_404(_fitting(request, conversation), pk=template)
    chosen.note_use()
    if request.htmx:
        return HttpResponse(status=204)
    draft = draft_of(conversation, request.member, "reply")
    words = Filling(conversation, request.member).fill(chosen.text)
    draft.text = "\n\n".join(text for text in (draft.text, words) if text)
    draft.save()
    return HttpResponseRedirect(conversation.get_absolute_url())


def _fitting(request: MemberRequest, conversation: Conversation) -> ReplyTemplateQuerySet:
    seen = ReplyTemplate.objects.visible_to(request.member)
    return seen.filter(Q(inbox=None) | Q(inbox=conversation.inbox_id))
