"""Tying a conversation to another one, or to a page elsewhere."""

from django import forms
from django.contrib import messages
from django.core.validators import URLValidator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from answerable.conversations.joinable import joinable
from answerable.conversations.linked import CHOICES, links_of
from answerable.conversations.models import Conversation, Link
from answerable.conversations.models.joining import CannotJoin
from answerable.conversations.views.finding import acted_at, address, find
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

IS_ADDRESS = URLValidator(schemes=["http", "https"])
PAGE = "conversations/joining/linking.html"


@require_http_methods(["GET", "POST"])
@door.member(Right.ANSWER)
def links(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    problem = ""
    if request.method == "POST":
        try:
            _link(request, conversation)
            return acted_at(conversation, conversation.last_number)
        except (forms.ValidationError, CannotJoin):
            problem = _("Choose a conversation, or give an address that begins with https://.")
    words = request.GET.get("q", "")
    context = {
        "conversation": conversation,
        "problem": problem,
        "words": words,
        "kinds": [(kind.value, kind.label) for kind in CHOICES],
        "others": joinable(conversation, request.member, words),
        "place": address(request, "links", conversation.number),
        "list_key": "",
    }
    return show(request, PAGE, context, status=422 if problem else 200)


def _link(request: MemberRequest, conversation: Conversation) -> Link:
    """Raises ValidationError or CannotJoin for what cannot be tied."""
    if elsewhere := request.POST.get("address", "").strip()[:500]:
        IS_ADDRESS(elsewhere)
        return conversation.link(Link.Kind.OUTSIDE, address=elsewhere, by=request.member)
    kind, named = request.POST.get("kind", ""), request.POST.get("other", "").removeprefix("#")
    visible = Conversation.objects.visible_to(request.member)
    is_number = named.isdecimal() and len(named) < 18
    other = visible.filter(number=int(named)).first() if is_number else None
    if other is None or kind not in CHOICES:
        raise CannotJoin
    return conversation.link(kind, other=other, by=request.member)


@require_POST
@door.member(Right.ANSWER)
def removal(request: MemberRequest, number: int, link: int) -> HttpResponse:
    """Untie, from either end."""
    conversation = find(request, number)
    seen = {each.pk for each in links_of(conversation, request.member)}
    links = Link.objects.visible_to(request.member).select_related("conversation", "other")
    found = get_object_or_404(links.filter(pk__in=seen), pk=link)
    found.conversation.unlink(found, by=request.member)
    messages.success(request, _("The link is gone."))
    return HttpResponseRedirect(conversation.get_absolute_url())
