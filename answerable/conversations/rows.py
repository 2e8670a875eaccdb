"""The rows of a list, fetched as plain values in one place, so that no template can query."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from answerable.conversations.models import Conversation, ReadMarker, Tag
from answerable.conversations.models.tag import hue_of
from answerable.conversations.ordering import NEWEST, order_of
from answerable.workspaces.models import Member

PAGE = 50
SHOWN = {
    "number": "number",
    "subject": "subject",
    "shelf": "shelf",
    "priority": "priority",
    "preview": "preview",
    "preview_by": "preview_by",
    "snoozed_until": "snoozed_until",
    "last_activity_at": "last_activity_at",
    "created_at": "created_at",
    "waiting_since": "waiting_since",
    "last_number": "last_number",
    "last_message_number": "last_message_number",
    "has_attachments": "has_attachments",
    "message_count": "message_count",
    "kind": "inbox__kind",
    "requester": "requester__name",
    "requester_id": "requester_id",
    "assignee": "assignee__display_name",
    "assignee_id": "assignee_id",
}


@dataclass
class Row:
    """One line of a list."""

    pk: int
    number: int
    subject: str
    shelf: str
    priority: int
    preview: str
    preview_by: str
    snoozed_until: datetime | None
    last_activity_at: datetime
    created_at: datetime
    waiting_since: datetime | None
    last_number: int
    last_message_number: int
    has_attachments: bool
    message_count: int
    kind: str
    requester: str
    requester_id: int
    assignee: str | None
    assignee_id: int | None
    seen: int | None
    starred: bool | None
    # Each with its colour.
    tags: list[tuple[int, str]] = field(default_factory=list)
    # Words around a hit, with whether each piece is one; for the search.
    snippet: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def is_unread(self) -> bool:
        return self.last_message_number > (self.seen or 0)

    @property
    def cursor(self) -> str:
        return f"{int(self.last_activity_at.timestamp() * 1_000_000)}.{self.pk}"


@dataclass
class Page:
    """Some rows, and where the next ones begin."""

    rows: list[Row]
    next: str = ""


def page_of(
    conversations: QuerySet[Conversation], member: Member, after: str = "", order: str = NEWEST
) -> Page:
    """A page of a list in its order, after the given cursor."""
    standing = order_of(order)
    rows = _rows(standing.of(conversations, after)[: PAGE + 1], member)
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(rows, standing.cursor(rows[-1]) if more else "")


def rows_of(conversations: QuerySet[Conversation], member: Member, pks: list[int]) -> list[Row]:
    """Certain rows, as far as they are on the list: for updates in place."""
    some = conversations.filter(pk__in=pks[:200])
    return _rows(some.order_by("-last_activity_at", "-pk"), member)


def _rows(conversations: QuerySet[Conversation], member: Member) -> list[Row]:
    seen = ReadMarker.objects.visible_to(member).filter(conversation=OuterRef("pk"))
    found = conversations.annotate(
        seen=Subquery(seen.values("number")[:1]), starred=Subquery(seen.values("starred")[:1])
    )
    names = ["pk", *SHOWN, "seen", "starred"]
    values = found.values_list("pk", *SHOWN.values(), "seen", "starred")
    rows = [Row(**dict(zip(names, each, strict=True))) for each in values]
    _add_tags(rows)
    return rows


def _add_tags(rows: list[Row]) -> None:
    by_pk = {row.pk: row for row in rows}
    through: Any = Tag.conversations.through
    pairs = through.objects.filter(conversation__in=by_pk).values_list(
        "conversation_id", "tag_id", "tag__name", "tag__colour"
    )
    for pk, tag, name, colour in pairs.order_by("tag__name"):
        by_pk[pk].tags.append((hue_of(tag, colour), name))
