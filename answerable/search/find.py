"""Finding conversations by words, within what a member may see, newest first."""

from dataclasses import dataclass

from answerable.conversations.models import Conversation, Event, Message
from answerable.conversations.models.inbox import inbox_ids
from answerable.kit.models import ReaderCursor
from answerable.search.index import index
from answerable.search.query import Query, parse
from answerable.search.reader import text_of_message
from answerable.workspaces.models import Member

READER = "answerable.search.reader.make_findable"
PAGE = 50
MOST_PASSAGES = 400
TAIL = 300
NO_LIMIT = 2**62


@dataclass(frozen=True)
class Found:
    """One page of results: conversations newest first, and where the next page begins."""

    conversations: list[int]
    passages: dict[int, int]
    next_before: int | None


def find(member: Member, typed: str, *, before: int = NO_LIMIT) -> Found:
    """Conversations with a passage that has all the words; `before` is a passage's key.

    Whole words first; what only begins with them where whole words do not fill the page.
    """
    query = parse(typed)
    if not query.terms:
        return Found([], {}, None)
    within = index().within(member.workspace_id, inbox_ids(member))
    found, more = _found(within, query.closed(), before)
    if query.is_open and len(found) < PAGE:
        found, more = _found(within, query, before)
    fresh = _not_yet_indexed(member, query) if before == NO_LIMIT else []
    seen = _visible(member, [*fresh, *found])
    return Found(seen, found, min(found.values()) if more and found else None)


def _found(within: str, query: Query, before: int) -> tuple[dict[int, int], bool]:
    """Conversations with their newest passage, and whether there may be more."""
    hits = index().find(query, within, before, MOST_PASSAGES)
    found: dict[int, int] = {}
    for passage, conversation in hits:
        if len(found) == PAGE:
            break
        found.setdefault(conversation, passage)
    return found, len(found) == PAGE or len(hits) == MOST_PASSAGES


def _visible(member: Member, pks: list[int]) -> list[int]:
    allowed = set(
        Conversation.objects.visible_to(member).filter(pk__in=pks).values_list("pk", flat=True)
    )
    return [pk for pk in dict.fromkeys(pks) if pk in allowed]


def _not_yet_indexed(member: Member, query: Query) -> list[int]:
    """What was said a moment ago and its reader has not come to."""
    cursor = ReaderCursor.objects.filter(reader=READER, workspace_id=member.workspace_id)
    read: int = cursor.values_list("number", flat=True).first() or 0
    tail = Event.objects.visible_to(member).filter(number__gt=read, message__isnull=False)
    pks = list(tail.order_by("-number").values_list("message_id", flat=True)[:TAIL])
    messages = Message.objects.filter(pk__in=pks).order_by("-pk")
    return [m.conversation_id for m in messages if query.matches(text_of_message(m))]
