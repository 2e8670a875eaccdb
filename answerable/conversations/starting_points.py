"""What a new view begins with: the list or the search that somebody stood at."""

from collections.abc import Mapping
from typing import Any

from answerable.conversations.lists import list_of
from answerable.workspaces.models import Member


def _is(field: str, *value: str) -> dict[str, Any]:
    return {"field": field, "is": "is", "value": list(value)}


_OPEN = _is("shelf", "open")
_LISTS = {
    "mine": [_is("assignee", "me"), _OPEN],
    "unassigned": [_is("assignee", "nobody"), _OPEN],
    "open": [_OPEN],
    **{key: [_is("shelf", key)] for key in ("snoozed", "resolved", "spam", "trash")},
}


def tree_of(member: Member, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The filter that means the same list, or those whose subject has the words."""
    if words := str(asked.get("q", "")).strip()[:200]:
        return {"all": [{"field": "subject", "is": "contains", "value": words}]}
    key = str(asked.get("list", "open"))
    kind, _dash, number = key.partition("-")
    shown = list_of(member, key)
    if shown and shown.view:
        conditions: dict[str, Any] = shown.view.conditions
        return conditions
    if shown and kind == "tag":
        return {"all": [_is("tags", number)]}
    if shown and kind == "team":
        return {"all": [_is("team", number), _OPEN]}
    return {"all": _LISTS.get(key, [_OPEN])}
