"""Whose a conversation is, how urgent, and what about: a menu to choose from, and the choice."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from answerable.conversations.forms.acts import TagForm
from answerable.conversations.models import Category, Conversation, Status, Tag
from answerable.conversations.models.sorting import NotVisible
from answerable.conversations.snoozes import presets
from answerable.conversations.views.finding import acted, find, refused
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Member, Team
from answerable.workspaces.rights import Right

PAGE = "conversations/choices.html"
CHOICES = "conversations/choice_list.html"
KINDS = ("assignment", "team", "priority", "tags", "snooze", "status")
MOST = 200
CATEGORIES = Category.values
# Statuses without a name of the workspace's own.
PLAIN: dict[str, Callable[[Conversation, Member], None]] = {
    "open": lambda conversation, member: conversation.reopen(by=member),
    "waiting": lambda conversation, member: conversation.wait(by=member),
}


@require_GET
@door.member(Right.ANSWER)
def choices(request: MemberRequest, number: int, kind: str) -> HttpResponse:
    """A menu's choices; without htmx the same as a page of its own."""
    conversation = find(request, number)
    context: dict[str, object] = {"conversation": conversation, "kind": kind, "list_key": ""}
    if kind == "assignment":
        members = Member.objects.visible_to(request.member).at_work().order_by("display_name")
        context["members"] = members[:MOST]
    elif kind == "team":
        context["teams"] = Team.objects.visible_to(request.member)[:MOST]
    elif kind == "tags":
        context["all_tags"] = Tag.objects.visible_to(request.member)[:MOST]
        context["tag_ids"] = set(conversation.tags.values_list("pk", flat=True))
    elif kind == "status":
        statuses = Status.objects.visible_to(request.member)[:MOST]
        context["statuses"] = sorted(statuses, key=lambda each: CATEGORIES.index(each.category))
    elif kind == "snooze":
        context["presets"] = presets()
    else:
        context["priorities"] = Conversation.Priority.choices
    return show(request, CHOICES if request.htmx else PAGE, context)


@require_POST
@door.member(Right.ANSWER)
def assignment(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    before = conversation.last_number
    member = _chosen(request, Member.objects.visible_to(request.member).at_work(), "member")
    try:
        with transaction.atomic():
            conversation.assign(member, by=request.member)
    except NotVisible:
        words = _("%(name)s has no access to this inbox. Let them in, or choose somebody else.")
        return refused(request, conversation, words % {"name": member})
    said = _("Assigned to %(name)s") % {"name": member} if member else _("Assigned to nobody")
    return acted(request, conversation, said, before)


@require_POST
@door.member(Right.ANSWER)
def team(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    before = conversation.last_number
    chosen = _chosen(request, Team.objects.visible_to(request.member), "team")
    conversation.assign_team(chosen, by=request.member)
    said = _("Given to %(name)s") % {"name": chosen} if chosen else _("Given to no team")
    return acted(request, conversation, said, before)


@require_POST
@door.member(Right.ANSWER)
def priority(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    before = conversation.last_number
    chosen = request.POST.get("priority", "")
    if chosen not in map(str, Conversation.Priority.values):
        return refused(request, conversation, _("There is no such priority."))
    conversation.prioritise(int(chosen), by=request.member)
    label = str(Conversation.Priority(int(chosen)).label)
    return acted(request, conversation, _("Priority: %(priority)s") % {"priority": label}, before)


@require_POST
@door.member(Right.ANSWER)
def status(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    before = conversation.last_number
    if plain := PLAIN.get(request.POST.get("status", "")):
        plain(conversation, request.member)
        return acted(request, conversation, str(conversation.get_category_display()), before)
    statuses = Status.objects.visible_to(request.member)
    chosen = _chosen(request, statuses, "status")
    if chosen is None:
        return refused(request, conversation, _("There is no such status."))
    conversation.set_status(chosen, by=request.member)
    return acted(request, conversation, chosen.name, before)


@require_http_methods(["POST"])
@door.member(Right.ANSWER)
def tags(request: MemberRequest, number: int) -> HttpResponse:
    """Add or take away one tag; a new name makes a new tag."""
    conversation = find(request, number)
    before = conversation.last_number
    form = TagForm(request.POST)
    if not form.is_valid():
        return refused(request, conversation, _("A tag needs a name of at most 60 letters."))
    said = form.apply(conversation, by=request.member)
    return acted(request, conversation, said, before)


def _chosen(request: MemberRequest, among, name: str):  # type: ignore[no-untyped-def]
    """The chosen row; none for an empty choice, not found for one that is not there."""
    pk = request.POST.get(name, "")
    if pk == "me" and among.model is Member:
        return request.member
    if not pk:
        return None
    return get_object_or_404(among, pk=int(pk) if pk.isdecimal() else 0)
