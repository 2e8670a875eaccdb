"""The fields that a filter may name, and what each means in the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.conversations.filtering.custom import custom_fields
from answerable.conversations.filtering.operators import Kind
from answerable.conversations.filtering.values import Wrong
from answerable.conversations.models import (
    Category,
    Conversation,
    Inbox,
    ReadMarker,
    Status,
    Tag,
)
from answerable.customers.models import Identity
from answerable.workspaces.models import Member, Team

MOST_OPTIONS = 300
Options = Sequence[tuple[str, str | Promise]]
Where = Callable[[str, Any, Member], Q]


@dataclass(frozen=True)
class Field:
    """One thing that can be asked about a conversation."""

    key: str
    name: str | Promise
    kind: Kind
    where: Where
    options: Callable[[Member], Options] = lambda _member: ()


def fields_for(member: Member) -> dict[str, Field]:
    """Those of every workspace, and the fields of this one's own; asked once per member object."""
    if "filter_fields" not in member.__dict__:
        own = [Field(*each) for each in custom_fields(member)]
        member.__dict__["filter_fields"] = {field.key: field for field in [*FIELDS, *own]}
    fields: dict[str, Field] = member.__dict__["filter_fields"]
    return fields


def column(path: str) -> Where:
    """A column of the conversation or of what it points to."""

    def where(lookup: str, value: Any, _member: Member) -> Q:
        if lookup == "set":
            return Q((f"{path}__isnull", False))
        return Q((f"{path}__{lookup}", value))

    return where


def words(path: str) -> Where:
    """A text: known when there is a letter in it."""
    plain = column(path)

    def where(lookup: str, value: Any, member: Member) -> Q:
        if lookup == "set":
            return Q((f"{path}__gt", ""))
        return plain(lookup, value, member)

    return where


def one_of(path: str, allowed: Sequence[Any]) -> Where:
    """One of a fixed list of words."""
    by_word = {str(each): each for each in allowed}

    def where(_lookup: str, value: list[str], _member: Member) -> Q:
        if unknown := [word for word in value if word not in by_word]:
            raise Wrong(f"{unknown[0][:40]}?")
        return Q((f"{path}__in", [by_word[word] for word in value]))

    return where


def pks(value: Sequence[str], *names: str) -> list[int]:
    """The keys among the words; the other words must be among the names."""
    rest = [word for word in value if word not in names]
    if not all(word.isascii() and word.isdecimal() and len(word) < 19 for word in rest):
        raise Wrong(f"{rest[0][:40]}?")
    return [int(word) for word in rest]


def _reference(path: str, mine: Callable[[Member], list[int]], me: str, nobody: str) -> Where:
    def where(_lookup: str, value: list[str], member: Member) -> Q:
        chosen = pks(value, me, nobody) + (mine(member) if me in value else [])
        found = Q((f"{path}__in", chosen))
        return found | Q((f"{path}__isnull", True)) if nobody in value else found

    return where


def _tags(_lookup: str, value: list[str], _member: Member) -> Q:
    through: Any = Tag.conversations.through
    chosen = through.objects.filter(conversation=OuterRef("pk"))
    found = Q(Exists(chosen.filter(tag__in=pks(value, "none"))))
    return found | ~Q(Exists(chosen)) if "none" in value else found


def _requester(lookup: str, value: str, member: Member) -> Q:
    """By name or by address."""
    if lookup == "set":
        return Q(requester__name__gt="")
    addresses = Identity.objects.filter(customer=OuterRef("requester"))
    matching = addresses.filter(Q((f"value__{lookup}", value)))
    return words("requester__name")(lookup, value, member) | Q(Exists(matching))


def _mark(**marked: Any) -> Where:
    """What this member has noted for themself."""

    def where(_lookup: str, value: bool, member: Member) -> Q:
        mine = ReadMarker.objects.visible_to(member).filter(conversation=OuterRef("pk"))
        found = Q(Exists(mine.filter(**marked)))
        return found if value else ~found

    return where


def _unread(lookup: str, value: bool, member: Member) -> Q:
    read = _mark(number__gte=OuterRef("last_message_number"))(lookup, True, member)
    unread = ~read & Q(last_message_number__gt=0)
    return unread if value else ~unread


def _inboxes(member: Member) -> Options:
    return [(str(pk), name) for pk, name in _named(Inbox.objects.visible_to(member), "name")]


def _members(member: Member) -> Options:
    others = Member.objects.visible_to(member).at_work().order_by("display_name")
    return [
        ("me", _("Me")),
        ("nobody", _("Nobody")),
        *((str(pk), name) for pk, name in _named(others, "display_name")),
    ]


def _teams(member: Member) -> Options:
    teams = _named(Team.objects.visible_to(member), "name")
    return [("mine", _("My teams")), ("none", _("No team")), *((str(pk), n) for pk, n in teams)]


def _tag_options(member: Member) -> Options:
    tags = _named(Tag.objects.visible_to(member), "name")
    return [("none", _("No tag")), *((str(pk), name) for pk, name in tags)]


def _statuses(member: Member) -> Options:
    return [(str(pk), name) for pk, name in _named(Status.objects.visible_to(member), "name")]


def _kinds(member: Member) -> Options:
    kinds = Inbox.objects.visible_to(member).order_by("kind").values_list("kind", flat=True)
    return [(kind, kind) for kind in dict.fromkeys(kinds)]


def _named(rows: Any, name: str) -> list[tuple[int, str]]:
    return list(rows.values_list("pk", name)[:MOST_OPTIONS])


_SHELVES = [each for each in Conversation.Shelf if each != Conversation.Shelf.MERGED]
_STATUS = _reference("status", lambda _member: [], "", "")

FIELDS = [
    Field(
        "category",
        _("Status"),
        Kind.CHOICE,
        one_of("category", Category.values),
        lambda _m: Category.choices,
    ),
    Field("status", _("Own status"), Kind.CHOICE, _STATUS, _statuses),
    Field(
        "shelf",
        _("Where it stands"),
        Kind.CHOICE,
        one_of("shelf", [each.value for each in _SHELVES]),
        lambda _m: [(each.value, each.label) for each in _SHELVES],
    ),
    Field("inbox", _("Inbox"), Kind.CHOICE, _reference("inbox", lambda _m: [], "", ""), _inboxes),
    Field(
        "assignee",
        _("Assigned to"),
        Kind.CHOICE,
        _reference("assignee", lambda member: [member.pk], "me", "nobody"),
        _members,
    ),
    Field(
        "team",
        _("Team"),
        Kind.CHOICE,
        _reference("team", lambda member: list(member.team_ids), "mine", "none"),
        _teams,
    ),
    Field("tags", _("Tag"), Kind.CHOICE, _tags, _tag_options),
    Field(
        "priority",
        _("Priority"),
        Kind.CHOICE,
        one_of("priority", Conversation.Priority.values),
        lambda _m: [(str(value), label) for value, label in Conversation.Priority.choices],
    ),
    Field("requester", _("Customer"), Kind.TEXT, _requester),
    Field("company", _("Company"), Kind.TEXT, words("requester__company__name")),
    Field("subject", _("Subject"), Kind.TEXT, words("subject")),
    Field("created", _("Began"), Kind.MOMENT, column("created_at")),
    Field("activity", _("Last activity"), Kind.MOMENT, column("last_activity_at")),
    Field("waiting", _("Customer waits since"), Kind.MOMENT, column("waiting_since")),
    Field("unread", _("Unread by me"), Kind.YES_NO, _unread),
    Field("starred", _("Starred by me"), Kind.YES_NO, _mark(starred=True)),
    Field("following", _("Followed by me"), Kind.YES_NO, _mark(following=True)),
    Field("files", _("Has files"), Kind.YES_NO, column("has_attachments")),
    Field("channel", _("Channel"), Kind.CHOICE, column("inbox__kind"), _kinds),
    Field("number", _("Number"), Kind.NUMBER, column("number")),
    Field("messages", _("Number of messages"), Kind.NUMBER, column("message_count")),
]
