"""Running a macro: choose it, look at what it will do, and do it."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from answerable.conversations.acting import do_all, said_of
from answerable.conversations.channel import Unsendable, channel_of
from answerable.conversations.filling import Filling
from answerable.conversations.lists import list_of
from answerable.conversations.models import Conversation, Macro
from answerable.conversations.models.template import MacroQuerySet
from answerable.conversations.views.finding import acted_at, address, find
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

MOST = 300


@require_GET
@door.member(Right.ANSWER)
def macros(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    fitting = _fitting(request, conversation).order_by("-used", "name")[:MOST]
    list_key = request.GET.get("list", "")
    context = {"conversation": conversation, "macros": fitting, "list_key": list_key}
    return show(request, "conversations/macro_choice.html", context)


@require_http_methods(["GET", "POST"])
@door.member(Right.ANSWER)
def macro_run(request: MemberRequest, number: int, macro: int) -> HttpResponse:
    """What it will do; after a POST it is done, unless somebody wrote meanwhile."""
    conversation = find(request, number)
    chosen = get_object_or_404(_fitting(request, conversation), pk=macro)
    problem = ""
    if request.method == "POST":
        if request.POST.get("seen", "") != str(conversation.last_message_number):
            problem = _("Somebody has written since this was shown. Look again, then run it.")
        else:
            try:
                return _run(request, conversation, chosen)
            except Unsendable as why:
                problem = str(why)
    filling = Filling(conversation, request.member)
    context = {
        "conversation": conversation,
        "macro": chosen,
        "text": filling.fill(chosen.text),
        "note": filling.fill(chosen.note),
        "to": channel_of(conversation.inbox).recipients(conversation)[0],
        "acts": said_of(chosen.acts, request.member),
        "problem": problem,
        "list_key": request.GET.get("list", ""),
    }
    page = "conversations/macro_run.html"
    return show(request, page, context, status=422 if problem else 200)


def _run(request: MemberRequest, conversation: Conversation, macro: Macro) -> HttpResponse:
    by, was = request.member, conversation.last_activity_at
    filling = Filling(conversation, by)
    with transaction.atomic():
        if note := filling.fill(macro.note).strip():
            conversation.note(note, by=by)
        if text := filling.fill(macro.text).strip():
            conversation.reply(text, by=by, held=True)
        do_all(macro.acts, conversation, by=by)
        macro.note_use()
    if macro.then == Macro.Then.STAY:
        return acted_at(conversation, conversation.last_number)
    messages.success(request, _("%(name)s was run.") % {"name": macro.name})
    shown = list_of(by, request.GET.get("list", "")) or list_of(by, "open")
    if macro.then == Macro.Then.NEXT and shown:
        rest = shown.rows(by).exclude(pk=conversation.pk).order_by("-last_activity_at", "-pk")
        following = rest.filter(last_activity_at__lte=was).first() or rest.first()
        if following:
            return HttpResponseRedirect(address(request, "conversation", following.number))
    return HttpResponseRedirect(address(request, "list", shown.key if shown else "open"))


def _fitting(request: MemberRequest, conversation: Conversation) -> MacroQuerySet:
    seen = Macro.objects.visible_to(request.member)
    return seen.filter(Q(inbox=None) | Q(inbox=conversation.inbox_id))
