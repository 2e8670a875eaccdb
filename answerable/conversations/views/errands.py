"""One act on many conversations: those that are ticked, or all that match."""

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from answerable.conversations.bulk_acts import CannotAct, bound, is_act, settled
from answerable.conversations.errands import UNDO, matching, run
from answerable.conversations.lists import list_of
from answerable.conversations.marking import MARKS
from answerable.conversations.models import Conversation, Errand, Status, Tag
from answerable.conversations.rows import rows_of
from answerable.conversations.snoozes import presets
from answerable.conversations.views.finding import address
from answerable.kit.due import wake
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Member, Team
from answerable.workspaces.rights import Right

# So many are done while one waits; more go to a worker.
AT_ONCE = 20
MOST = 100_000
MOST_CHOICES = 200
LAST = "errand"


@require_POST
@door.member(Right.ANSWER)
def errands(request: MemberRequest) -> HttpResponse:
    """Begin one."""
    word, _colon, value = request.POST.get("act", "").partition(":")
    errand = Errand(workspace=request.member.workspace, member=request.member)
    try:
        errand.acts = [[word, settled(word, value)]]
        if not is_act(word):
            raise CannotAct
        if word not in MARKS:
            bound(word, errand.acts[0][1], request.member)
    except CannotAct:
        return _refused(request, _("This act is not there, or what it names is gone."))
    if not _choose(request, errand):
        return _refused(request, _("Tick at least one conversation first."))
    return _begin(request, errand)


@require_GET
@door.member(Right.ANSWER)
def errand(request: MemberRequest, errand: int) -> HttpResponse:
    """How far one's own has come."""
    return _shown(request, _find(request, errand))


@require_POST
@door.member(Right.ANSWER)
def errand_stop(request: MemberRequest, errand: int) -> HttpResponse:
    found = _find(request, errand)
    found.stop()
    found.refresh_from_db()
    return _shown(request, found)


@require_POST
@door.member(Right.ANSWER)
def errand_undoing(request: MemberRequest, errand: int) -> HttpResponse:
    """Take back all that it did, once."""
    found = _find(request, errand)
    over = [Errand.State.DONE, Errand.State.STOPPED]
    rows = Errand.objects.visible_to(request.member).filter(pk=found.pk, state__in=over)
    if not found.can_be_undone or not rows.update(state=Errand.State.UNDONE):
        return _refused(request, _("This cannot be undone any more."))
    back = Errand(workspace=request.member.workspace, member=request.member)
    back.acts = [[UNDO, str(found.pk)]]
    back.chosen, back.total = found.chosen, found.done
    return _begin(request, back)


@require_GET
@door.member(Right.ANSWER)
def errand_choices(request: MemberRequest, kind: str) -> HttpResponse:
    """What to choose from, for the bar's menus."""
    member = request.member
    offered: list[tuple[str, Any]] = []
    if kind == "assign":
        others = Member.objects.visible_to(member).at_work().exclude(pk=member.pk)
        offered = [("me", _("Me")), ("", _("Nobody"))]
        others = others.order_by("display_name")[:MOST_CHOICES]
        offered += [(str(each.pk), each.display_name) for each in others]
    elif kind == "team":
        offered = [("", _("No team")), *_named(Team.objects.visible_to(member))]
    elif kind in {"tag", "untag"}:
        offered = _named(Tag.objects.visible_to(member))
    elif kind == "status":
        offered = _named(Status.objects.visible_to(member))
    elif kind == "snooze":
        offered = [(each.key, f"{each.name} · {each.note}") for each in presets()]
        offered.append(("answer", _("Until the customer writes")))
    elif kind == "priority":
        offered = [(str(value), label) for value, label in reversed(Conversation.Priority.choices)]
    return show(request, "conversations/bulk/choices.html", {"kind": kind, "offered": offered})


@require_GET
@door.member(Right.ANSWER)
def errand_total(request: MemberRequest) -> HttpResponse:
    """How many match, for the button that chooses them all."""
    shown = list_of(request.member, request.GET.get("list", ""))
    total = shown.rows(request.member)[: MOST + 1].count() if shown else 0
    return show(request, "conversations/bulk/total.html", {"total": total, "most": MOST})


def _named(rows: Any) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")[:MOST_CHOICES]]


def _choose(request: MemberRequest, errand: Errand) -> bool:
    """What it is about; False for nothing."""
    shown = list_of(request.member, request.POST.get("list", ""))
    if request.POST.get("all") == "yes" and shown:
        visible = Conversation.objects.visible_to(request.member)
        until = visible.aggregate(last=Max("pk"))["last"] or 0
        tree = shown.view.conditions if shown.view else None
        errand.conditions = {"list": shown.key, "tree": tree, "until": until}
        errand.total = matching(errand, request.member)[:MOST].count()
    else:
        words = request.POST.get("chosen", "").split(",")[:MOST]
        pks = {
            int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 19
        }
        errand.chosen = sorted(pks)
        errand.total = len(pks)
    return errand.total > 0


def _begin(request: MemberRequest, errand: Errand) -> HttpResponse:
    is_small = errand.total <= AT_ONCE
    if is_small:
        errand.next_at = None
    errand.save()
    if is_small:
        run(errand)
    else:
        wake(Errand)
        request.session[LAST] = errand.pk
    response = _shown(request, errand, is_new=True)
    response["HX-Trigger"] = "errand:begun"
    return response


def _shown(request: MemberRequest, errand: Errand, *, is_new: bool = False) -> HttpResponse:
    if not request.htmx:
        messages.success(request, _("%(done)d done") % {"done": errand.done})
        return HttpResponseRedirect(address(request, "list", "open"))
    if not errand.is_going and request.session.get(LAST) == errand.pk:
        del request.session[LAST]
    visible = Conversation.objects.visible_to(request.member)
    few = errand.chosen if is_new and errand.total <= AT_ONCE else []
    context = {
        "errand": errand,
        "rows": rows_of(visible, request.member, few) if few else [],
        "list_key": request.POST.get("list", ""),
        "is_small": errand.total <= AT_ONCE,
    }
    response = show(request, "conversations/bulk/errand_parts.html", context)
    if not errand.is_going and not few:
        response["HX-Trigger"] = "errand:done"
    return response


def going(request: MemberRequest) -> Errand | None:
    """The one that still runs, for a page that comes anew; asked for only if there was one."""
    pk = request.session.get(LAST)
    return Errand.objects.visible_to(request.member).filter(pk=pk).first() if pk else None


def _refused(request: MemberRequest, why: str) -> HttpResponse:
    if not request.htmx:
        messages.error(request, why)
        return HttpResponseRedirect(address(request, "list", "open"))
    return show(request, "conversations/bulk/refused.html", {"why": why})


def _find(request: MemberRequest, pk: int) -> Errand:
    return get_object_or_404(Errand.objects.visible_to(request.member), pk=pk)
