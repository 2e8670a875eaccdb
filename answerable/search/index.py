"""The full-text index behind one seam: FTS5 on SQLite, tsvector on PostgreSQL.

The workspace and the inboxes that a member may read are tokens in the match, so that a common
word in a small workspace costs as little as a rare one. They only make it quick: what may be
seen is decided by `visible_to`, which every result goes through.
"""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from answerable.conversations.models import Inbox
from answerable.search.query import Query, Term
from answerable.workspaces.models import Workspace

FEW = 20
Hits = list[tuple[int, int]]


class Index(Protocol):
    def add(self, ids: Sequence[int]) -> None:
        """Index these passages; safe to repeat."""

    def add_from(self, first: int, last: int) -> None:
        """Index all passages with these keys and those between, none of them being indexed yet."""

    def within(self, workspace: int, inboxes: list[int] | None) -> str:
        """What bounds a search to a workspace and, unless it is all, to some inboxes."""

    def find(self, query: Query, within: str, before: int, limit: int) -> Hits:
        """Passages with a key below `before` that match and their conversations, newest first."""


class Fts5:
    """SQLite's own, contentless: the words themselves are in the passage table alone."""

    INSERT = (
        "INSERT INTO search_fts(rowid, scope, text)"
        " SELECT id, 'w' || workspace_id || ' i' || inbox_id, text FROM search_passage"
    )

    def add(self, ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"{self.INSERT} WHERE id = %s",
                [(pk,) for pk in ids],
            )

    def add_from(self, first: int, last: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"{self.INSERT} WHERE id BETWEEN %s AND %s ORDER BY id", [first, last])

    def within(self, workspace: int, inboxes: list[int] | None) -> str:
        """To leave out what is elsewhere costs a tenth of asking of each
        passage whether it is here, as long as elsewhere is few places."""
        if inboxes is None:
            here = f"w{workspace}"
            others = Workspace.objects.exclude(pk=workspace).values_list("pk", flat=True)
            away = [f"w{pk}" for pk in others[: FEW + 1]]
        else:
            here = " OR ".join(f"i{pk}" for pk in inboxes) or "none"
            hidden = Inbox.objects.exclude(pk__in=inboxes).values_list("pk", flat=True)
            away = [f"i{pk}" for pk in hidden.order_by("pk")[: FEW + 1]]
        if inboxes == [] or len(away) > FEW:
            return f"AND scope:({here})"
        return f"NOT scope:({' OR '.join(away)})" if away else ""

    def find(self, query: Query, within: str, before: int, limit: int) -> Hits:
        words = " AND ".join(f"text:{self._term(term)}" for term in query.terms)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT search_fts.rowid, conversation_id FROM search_fts"
                " CROSS JOIN search_passage ON search_passage.id = search_fts.rowid"
                " WHERE search_fts MATCH %s AND search_fts.rowid < %s"
                " ORDER BY search_fts.rowid DESC LIMIT %s",
                [f"({words}) {within}", before, limit],
            )
            return list(cursor.fetchall())

    def _term(self, term: Term) -> str:
        # Folded words are letters and digits alone, so that a quoted string cannot be left.
        return f'"{" ".join(term.words)}"' + ("*" if term.is_beginning else "")


class Tsvector:
    """PostgreSQL's own, with the scope as words of weight A and the text as words of weight D."""

    def add(self, ids: Sequence[int]) -> None:
        """Nothing to do: the column is generated, GIN collects new entries by itself."""

    def add_from(self, first: int, last: int) -> None:
        """Nothing to do either."""

    def within(self, workspace: int, inboxes: list[int] | None) -> str:
        scope = f"w{workspace}:A"
        if inboxes is not None:
            scope += f" & ({' | '.join(f'i{pk}:A' for pk in inboxes) or 'none:A'})"
        return scope

    def find(self, query: Query, within: str, before: int, limit: int) -> Hits:
        words = " & ".join(self._term(term) for term in query.terms)
        # Materialised: the index first, then the sort; the planner would walk back through the
        # keys instead, and read the whole table for rare words.
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH found AS MATERIALIZED (SELECT id, conversation_id FROM search_passage"
                " WHERE search @@ to_tsquery('simple', %s) AND id < %s)"
                " SELECT id, conversation_id FROM found ORDER BY id DESC LIMIT %s",
                [f"{within} & {words}", before, limit],
            )
            return list(cursor.fetchall())

    def _term(self, term: Term) -> str:
        *whole, last = term.words
        parts = [f"'{word}':D" for word in whole]
        parts.append(f"'{last}':{'*' if term.is_beginning else ''}D")
        return f"({' <-> '.join(parts)})"


def index() -> Index:
    return Tsvector() if connection.vendor == "postgresql" else Fts5()
