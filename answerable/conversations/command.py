"""`answerable conversations`: the newest conversations, for people and for scripts."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from answerable.conversations.models import Conversation

COLUMNS = ("number", "subject", "status", "requester", "messages")


def conversations(words: list[str]) -> int:
    """The newest conversations first: number, subject, status, requester, messages."""
    parser = argparse.ArgumentParser("answerable conversations", description=conversations.__doc__)
    parser.add_argument("--workspace", help="only those of this workspace (its address)")
    parser.add_argument("--limit", type=int, default=50, help="how many (default: 50)")
    parser.add_argument("--json", action="store_true", help="one JSON list, for scripts")
    asked = parser.parse_args(words)
    rows = list(_rows(asked.workspace, asked.limit))
    if asked.json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return 0
    for row in rows:
        sys.stdout.write("\t".join(str(row[column]) for column in COLUMNS) + "\n")
    return 0


def _rows(workspace: str | None, limit: int) -> Iterator[dict[str, Any]]:
    found = Conversation.objects.order_by("-last_activity_at", "-pk")
    if workspace:
        found = found.filter(workspace__slug=workspace)
    for one in found.select_related("status", "requester", "workspace")[:limit]:
        email = one.requester.identities.filter(kind="email").values_list("shown", flat=True)
        yield {
            "workspace": one.workspace.slug,
            "number": one.number,
            "subject": one.subject,
            "status": one.shelf if one.shelf in {"spam", "trash"} else one.category,
            "requester": email.first() or one.requester.name,
            "requester_name": one.requester.name,
            "messages": one.message_count,
        }
