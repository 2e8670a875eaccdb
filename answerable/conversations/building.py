"""A filter while somebody builds it: rows in groups, as a form sends them and a page shows them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict

from answerable.conversations.filtering import Wrong, chosen_by, fields_for
from answerable.conversations.filtering.fields import Field, Options
from answerable.conversations.filtering.operators import OPERATORS, Kind, Operator
from answerable.conversations.models import Conversation
from answerable.workspaces.models import Member

MOST_GROUPS = 10
MOST_ROWS = 20
NAME = re.compile(r"g(\d{1,2})-c(\d{1,2})-(field|is|value)")


@dataclass
class ConditionRow:
    """One line of the builder: a field, an operator, and what stands after it."""

    field: Field
    operator: Operator
    value: list[str]
    options: Options = ()
    problem: str = ""

    @property
    def operators(self) -> list[Operator]:
        return OPERATORS[self.field.kind]

    @property
    def is_finished(self) -> bool:
        return not self.operator.takes or any(self.value)

    @property
    def first(self) -> str:
        return self.value[0] if self.value else ""

    @property
    def chosen(self) -> list[str]:
        """The names of what is chosen."""
        return [str(name) for key, name in self.options if key in self.value]

    @property
    def node(self) -> dict[str, Any]:
        value = self.value if self.field.kind == Kind.CHOICE else self.first
        return {"field": self.field.key, "is": self.operator.key, "value": value}


@dataclass
class Group:
    """Rows of which all, or any, must be so."""

    match: str
    rows: list[ConditionRow] = field(default_factory=list)


@dataclass
class Builder:
    """The whole filter: groups of which all, or any, must be so."""

    member: Member
    match: str = "all"
    groups: list[Group] = field(default_factory=list)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        return fields_for(self.member)

    @property
    def tree(self) -> dict[str, Any]:
        """Of what is finished."""
        groups = [
            {group.match: [row.node for row in group.rows if row.is_finished]}
            for group in self.groups
        ]
        return {self.match: [group for group in groups if next(iter(group.values()))]}

    @property
    def is_finished(self) -> bool:
        return all(row.is_finished for group in self.groups for row in group.rows)

    def check(self) -> bool:
        """Whether it can be asked; each row that cannot says why."""
        for row in [row for group in self.groups for row in group.rows if row.is_finished]:
            try:
                chosen_by({"all": [row.node]}, Conversation.objects.none(), self.member)
            except Wrong as wrong:
                row.problem = str(wrong)
        return not any(row.problem for group in self.groups for row in group.rows)

    def row(self, key: str, operator_key: str, value: list[str]) -> ConditionRow:
        """With an operator and a value that fit the field, whatever stood there before."""
        field = self.fields.get(key) or next(iter(self.fields.values()))
        operators = OPERATORS[field.kind]
        operator = next((each for each in operators if each.key == operator_key), operators[0])
        return ConditionRow(field, operator, value, field.options(self.member))

    def change(self, act: str) -> None:
        """What a button of the builder asks for: add:0, remove:0:2, group, ungroup:1."""
        word, *rest = act.split(":")
        places = [int(each) for each in rest if each.isdecimal() and len(each) < 4]
        group = self.groups[places[0]] if places and places[0] < len(self.groups) else None
        if word == "group" and len(self.groups) < MOST_GROUPS:
            self.groups.append(Group("any", [self.row("", "", [])]))
        elif word == "add" and group and len(group.rows) < MOST_ROWS:
            group.rows.append(self.row("", "", []))
        elif word == "ungroup" and group:
            self.groups.remove(group)
        elif word == "remove" and group and len(places) > 1 and places[1] < len(group.rows):
            del group.rows[places[1]]
            if not group.rows and len(self.groups) > 1:
                self.groups.remove(group)


def from_form(posted: QueryDict, member: Member) -> Builder:
    """As a browser sends it; whatever does not fit is left out."""
    found: dict[int, dict[int, dict[str, list[str]]]] = {}
    for name in posted:
        if at := NAME.fullmatch(name):
            row = found.setdefault(int(at[1]), {}).setdefault(int(at[2]), {})
            row[at[3]] = [each[:200] for each in posted.getlist(name)[:50]]
    builder = Builder(member, _match(posted.get("match")))
    for number in sorted(found)[:MOST_GROUPS]:
        group = Group(_match(posted.get(f"g{number}-match")))
        for row in [found[number][at] for at in sorted(found[number])[:MOST_ROWS]]:
            words = {name: (row.get(name) or [""])[0] for name in ("field", "is")}
            group.rows.append(builder.row(words["field"], words["is"], row.get("value", [])))
        builder.groups.append(group)
    return builder


def from_tree(tree: Any, member: Member) -> Builder:
    """Of a saved filter; conditions beside groups stand in a group of their own."""
    match, children = _group(tree)
    builder = Builder(member, match)
    loose = Group(match)
    for child in children:
        if "field" in child:
            loose.rows.append(_row(builder, child))
        else:
            word, nodes = _group(child)
            rows = [_row(builder, node) for node in nodes if "field" in node]
            builder.groups.append(Group(word, rows))
    if loose.rows or not builder.groups:
        builder.groups.insert(0, loose)
    return builder


def _match(word: str | None) -> str:
    return "any" if word == "any" else "all"


def _group(tree: Any) -> tuple[str, list[Any]]:
    if isinstance(tree, dict) and len(tree) == 1:
        [(word, children)] = tree.items()
        if isinstance(children, list):
            return _match(word), [each for each in children if isinstance(each, dict)]
    return "all", []


def _row(builder: Builder, node: dict[str, Any]) -> ConditionRow:
    value = node.get("value")
    words = [str(each) for each in (value if isinstance(value, list) else [value]) if each]
    return builder.row(str(node.get("field")), str(node.get("is")), words)
