"""The search page of the desk."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from answerable.conversations.models import Conversation, Message, Note
from answerable.conversations.rows import Page, Row, rows_of
from answerable.conversations.views.errands import going
from answerable.conversations.views.lists import nav_of
from answerable.look.pages import show
from answerable.search.find import NO_LIMIT, Found, find
from answerable.search.models import Passage
from answerable.search.query import Query, parse
from answerable.search.snippet import Piece, snippet
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Member
from answerable.workspaces.rights import Right

LONGEST = 300


@require_GET
@door.member(Right.READ)
def search(request: MemberRequest) -> HttpResponse:
    """What was typed, what it found, and the next page of it."""
    typed = request.GET.get("q", "")[:LONGEST]
    before = request.GET.get("before", "")
    found = find(request.member, typed, before=int(before) if before.isdecimal() else NO_LIMIT)
    context = {
        "typed": typed,
        "page": Page(_rows(request.member, found, parse(typed)), str(found.next_before or "")),
        "list_key": "",
        "open_number": "",
        "errand": going(request),
    }
    if before:
        return show(request, "search/rows.html", context)
    return show(request, "search/search.html", context | nav_of(request.member))


def _rows(member: Member, found: Found, query: Query) -> list[Row]:
    visible = Conversation.objects.visible_to(member)
    by_pk = {row.pk: row for row in rows_of(visible, member, found.conversations)}
    snippets = _snippets(member, found, query)
    rows = [by_pk[pk] for pk in found.conversations if pk in by_pk]
    for row in rows:
        row.snippet = snippets.get(row.pk, [])
    return rows


def _snippets(member: Member, found: Found, query: Query) -> dict[int, list[Piece]]:
    """Of each conversation, the words of the passage that was found (not those of a subject)."""
    passages = Passage.objects.filter(pk__in=found.passages.values())
    said = list(passages.values_list("conversation_id", "kind", "source"))
    messages = _texts(Message.objects.visible_to(member), "new_text", said, "message")
    notes = _texts(Note.objects.visible_to(member), "text", said, "note")
    texts = {"message": messages, "note": notes}
    return {
        conversation: snippet(texts[kind][source], query)
        for conversation, kind, source in said
        if source in texts.get(kind, {})
    }


def _texts(
    visible: QuerySet[Any], field: str, said: list[tuple[int, str, int]], kind: str
) -> dict[int, str]:
    pks = [source for _conversation, its_kind, source in said if its_kind == kind]
    return dict(visible.filter(pk__in=pks).values_list("pk", field)) if pks else {}
