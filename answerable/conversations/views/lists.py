"""The lists of the desk, and the nav beside them."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from answerable.conversations.counting import capped_counts
from answerable.conversations.lists import (
    ASIDE,
    LISTS,
    List,
    list_of,
    list_of_tag,
    list_of_team,
    views_in_nav,
)
from answerable.conversations.models import Tag
from answerable.conversations.rows import page_of, rows_of
from answerable.conversations.views.boards import board_of
from answerable.conversations.views.errands import going
from answerable.conversations.views.finding import address, wants
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Member, Team
from answerable.workspaces.rights import Right

PAGE = "conversations/list.html"
BOARD = "conversations/board.html"
MOST_IN_NAV = 30


@require_GET
@door.member(Right.READ)
def desk(request: MemberRequest) -> HttpResponse:
    return HttpResponseRedirect(address(request, "list", "mine"))


@require_GET
@door.member(Right.READ)
def page(request: MemberRequest, key: str) -> HttpResponse:
    is_part = wants(request, "list") or wants(request, "board")
    nav = {} if is_part else nav_of(request.member)
    shown = _in_nav(nav, key) or _find(request, key)
    if shown.is_board and request.GET.get("as") != "list":
        if wants(request, "board"):
            return show(request, "conversations/board_columns.html", board_of(request, shown))
        return show(request, BOARD, board_of(request, shown) | nav)
    context = {
        "list": shown,
        "list_key": key,
        "page": page_of(shown.rows(request.member), request.member, order=shown.order),
        "open_number": request.GET.get("open", ""),
        "errand": going(request),
    }
    if wants(request, "list"):
        return show(request, "conversations/list_pane.html", context)
    return show(request, PAGE, context | nav)


@require_GET
@door.member(Right.READ)
def rows(request: MemberRequest, key: str) -> HttpResponse:
    """The next rows after a cursor, or certain ones as they are now."""
    shown = _find(request, key)
    on_it = shown.rows(request.member)
    context: dict[str, Any] = {
        "list": shown,
        "list_key": key,
        "open_number": request.GET.get("open", ""),
    }
    if pks := request.GET.get("pks"):
        wanted = [int(each) for each in pks.split(",") if each.isdecimal() and len(each) < 18]
        context["page"] = {"rows": rows_of(on_it, request.member, wanted), "next": ""}
    else:
        after = request.GET.get("after", "")
        context["page"] = page_of(on_it, request.member, after, shown.order)
    return show(request, "conversations/rows.html", context)


@require_GET
@door.member(Right.READ)
def nav(request: MemberRequest) -> HttpResponse:
    key = request.GET.get("list", "")
    context = {"list_key": key} | nav_of(request.member)
    return show(request, "conversations/nav.html", context)


def nav_of(member: Member) -> dict[str, Any]:
    """The lists in the nav, with how many are on those that are counted."""
    teams = [list_of_team(team) for team in Team.objects.visible_to(member)[:MOST_IN_NAV]]
    tags = [list_of_tag(tag) for tag in Tag.objects.visible_to(member)[:MOST_IN_NAV]]
    views = views_in_nav(member, MOST_IN_NAV)
    counted = [each for each in [*LISTS, *views, *teams] if each.is_counted]
    return {
        "nav_lists": LISTS,
        "nav_views": views,
        "nav_teams": teams,
        "nav_tags": tags,
        "nav_aside": ASIDE,
        "counts": capped_counts({each.key: each.rows(member) for each in counted}),
    }


def _in_nav(nav: dict[str, Any], key: str) -> List | None:
    """The list, if the nav has it already: it need not be asked for again."""
    things = [*nav.get("nav_views", []), *nav.get("nav_teams", []), *nav.get("nav_tags", [])]
    return next((each for each in things if each.key == key), None)


def _find(request: MemberRequest, key: str) -> List:
    shown = list_of(request.member, key)
    if shown is None:
        raise Http404
    return shown
