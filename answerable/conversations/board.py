"""A view as a board: columns by what a conversation is, and the verb that moves a card."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.conversations.counting import capped_counts
from answerable.conversations.filtering import fields_for
from answerable.conversations.models import Category, Conversation, Status
from answerable.conversations.ordering import order_of
from answerable.conversations.rows import Row, rows_of
from answerable.customers.models import CustomField
from answerable.workspaces.models import Member

MOST_COLUMNS = 12
MOST_CARDS = 16
Move = Callable[[Conversation, Member], None]


@dataclass(frozen=True)
class Column:
    """One column: what stands in it, and what moving a card there does."""

    key: str
    name: str | Promise
    where: Q
    move: Move


@dataclass(frozen=True)
class By:
    """What the columns of a board are."""

    name: str | Promise
    columns: Callable[[Member], list[Column]]


@dataclass
class Filled:
    """A column with its first cards, and how many there are."""

    column: Column
    rows: list[Row]
    count: int


def columns_by(member: Member) -> Mapping[str, By]:
    """By key: the fixed ones, and this workspace's own fields that are one of a list."""
    choice = CustomField.Kind.CHOICE
    own = CustomField.objects.visible_to(member).filter(on=CustomField.On.CONVERSATION, kind=choice)
    return {**_FIXED, **{f"field:{each.key}": By(each.name, _own(each)) for each in own}}


def columns_of(key: str, member: Member) -> list[Column]:
    by = columns_by(member).get(key) or _FIXED["category"]
    return by.columns(member)[:MOST_COLUMNS]


def filled(
    columns: list[Column], on_it: QuerySet[Conversation], member: Member, order: str
) -> list[Filled]:
    """The first cards of each column, all their rows fetched at once."""
    parts = {column.key: on_it.filter(column.where) for column in columns}
    standing = order_of(order)
    pks = {
        key: list(standing.of(part, "").values_list("pk", flat=True)[:MOST_CARDS])
        for key, part in parts.items()
    }
    rows = rows_of(on_it, member, [pk for each in pks.values() for pk in each])
    by_pk = {row.pk: row for row in rows}
    counts = capped_counts(parts)
    return [
        Filled(column, [by_pk[pk] for pk in pks[column.key] if pk in by_pk], counts[column.key])
        for column in columns
    ]


def _categories(_member: Member) -> list[Column]:
    moves: dict[str, Move] = {
        Category.OPEN: lambda it, by: it.reopen(by=by),
        Category.WAITING: lambda it, by: it.wait(by=by),
        Category.SNOOZED: lambda it, by: it.snooze(None, by=by),
        Category.RESOLVED: lambda it, by: it.resolve(by=by),
    }
    return [
        # Nothing becomes new again: the first two are one column.
        Column(
            key,
            Category(key).label,
            Q(category__in=["new", "open"] if key == Category.OPEN else [key]),
            move,
        )
        for key, move in moves.items()
    ]


def _statuses(member: Member) -> list[Column]:
    def move(status: Status) -> Move:
        return lambda it, by: it.set_status(status, by=by)

    return [
        Column(str(each.pk), each.name, Q(status=each), move(each))
        for each in Status.objects.visible_to(member)[:MOST_COLUMNS]
    ]


def _priorities(_member: Member) -> list[Column]:
    def move(priority: int) -> Move:
        return lambda it, by: it.prioritise(priority, by=by)

    return [
        Column(str(value), label, Q(priority=value), move(value))
        for value, label in reversed(Conversation.Priority.choices)
    ]


def _assignees(member: Member) -> list[Column]:
    def move(to: Member | None) -> Move:
        return lambda it, by: it.assign(to, by=by)

    others = Member.objects.visible_to(member).at_work().exclude(pk=member.pk)
    people = [member, *others.select_related("role").order_by("display_name")[: MOST_COLUMNS - 2]]
    return [
        Column("nobody", _("Nobody"), Q(assignee=None), move(None)),
        *(Column(str(m.pk), m.display_name, Q(assignee=m), move(m)) for m in people),
    ]


def _own(custom: CustomField) -> Callable[[Member], list[Column]]:
    def columns(member: Member) -> list[Column]:
        field = fields_for(member)[f"conversation:{custom.key}"]
        options = [str(option) for option in custom.options][: MOST_COLUMNS - 1]

        def move(value: str) -> Move:
            return lambda it, by: it.set_field(custom.key, value, by=by)

        none = ~field.where("in", options, member)
        return [
            Column("none", _("Not chosen"), none, move("")),
            *(
                Column(f"is-{at}", each, field.where("in", [each], member), move(each))
                for at, each in enumerate(options)
            ),
        ]

    return columns


_FIXED: dict[str, By] = {
    "category": By(_("Status"), _categories),
    "status": By(_("Own status"), _statuses),
    "priority": By(_("Priority"), _priorities),
    "assignee": By(_("Assigned to"), _assignees),
}
