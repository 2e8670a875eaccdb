"""The way into the settings: all pages in groups, found by a word."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import groups_for, show_settings


@require_GET
@door.member(Right.READ)
def settings_home(request: MemberRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:80]
    found = {"found": groups_for(request.member, query), "query": query}
    block = "found" if request.htmx else ""
    return show_settings(request, "", "workspaces/settings_home.html", found, block=block)
