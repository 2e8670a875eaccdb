"""A tree of conditions, made into a Q. Everything unknown in it is refused."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from answerable.conversations.filtering.fields import Field, fields_for
from answerable.conversations.filtering.operators import OPERATORS
from answerable.conversations.filtering.values import Wrong, read
from answerable.conversations.models import Conversation
from answerable.workspaces.models import Member

DEEPEST = 4
MOST = 100
# Where nothing is said about it, a filter does not look there.
ASIDE = ["spam", "trash", "merged"]


def chosen_by(tree: object, rows: QuerySet[Conversation], member: Member) -> QuerySet[Conversation]:
    """Those of the rows that a filter means. Raises Wrong."""
    matching = rows.filter(compiled(tree, member))
    aside = ["merged"] if _names(tree, "shelf") else ASIDE
    return matching.exclude(shelf__in=aside)


def compiled(tree: object, member: Member) -> Q:
    """Raises Wrong for whatever is not on the list."""
    reader = _Reader(fields_for(member), member)
    return reader.group(tree, 1) if tree else Q()


class _Reader:
    def __init__(self, fields: Mapping[str, Field], member: Member) -> None:
        self.fields = fields
        self.member = member
        self.left = MOST

    def node(self, node: object, depth: int) -> Q:
        self.left -= 1
        if self.left < 0:
            raise Wrong(_("A filter has at most %d conditions.") % MOST)
        if isinstance(node, dict) and node.keys() <= {"all", "any"}:
            return self.group(node, depth)
        return self.condition(node)

    def group(self, node: object, depth: int) -> Q:
        if depth > DEEPEST:
            raise Wrong(_("Groups inside groups end at %d.") % DEEPEST)
        if not isinstance(node, dict) or len(node) != 1 or not node.keys() <= {"all", "any"}:
            raise Wrong(_("A group is “all” or “any” of its conditions."))
        [(word, children)] = node.items()
        if not isinstance(children, list):
            raise Wrong(_("A group is a list of conditions."))
        found = Q()
        for child in children:
            each = self.node(child, depth + 1)
            found = found & each if word == "all" else found | each
        return found

    def condition(self, node: object) -> Q:
        if not isinstance(node, dict) or node.keys() != {"field", "is", "value"}:
            raise Wrong(_("A condition has a field, an operator and a value."))
        field = self._field(node["field"])
        operators: dict[Any, Any] = {each.key: each for each in OPERATORS[field.kind]}
        key = node["is"]
        operator = operators.get(key) if isinstance(key, str) else None
        if operator is None:
            raise Wrong(_("“%(name)s” cannot be asked that.") % {"name": field.name})
        value = read(field.kind, operator, node["value"])
        found = field.where(operator.lookup, value, self.member)
        return ~found if operator.is_negative else found

    def _field(self, key: object) -> Field:
        field = self.fields.get(key) if isinstance(key, str) else None
        if field is None:
            raise Wrong(_("There is no such field, or it is not there any more."))
        return field


def _names(tree: object, field: str, depth: int = 0) -> bool:
    if not isinstance(tree, dict) or depth > DEEPEST:
        return False
    if tree.get("field") == field:
        return True
    children = [*tree.get("all", []), *tree.get("any", [])]
    return any(_names(child, field, depth + 1) for child in children)
