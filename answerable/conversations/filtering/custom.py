"""A workspace's own fields, of conversations and of their customers, as fields of a filter.

Their keys are rows of this workspace; what a filter names is only compared with them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Case, Exists, FloatField, OuterRef, Q, TextField, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from answerable.conversations.filtering.operators import Kind
from answerable.conversations.models import Conversation
from answerable.customers.models import Customer, CustomField
from answerable.workspaces.models import Member

Where = Callable[[str, Any, Member], Q]
Options = Callable[[Member], list[tuple[str, str]]]
On = CustomField.On
KINDS = {
    CustomField.Kind.TEXT: Kind.TEXT,
    CustomField.Kind.NUMBER: Kind.NUMBER,
    CustomField.Kind.DATE: Kind.DATE,
    CustomField.Kind.CHOICE: Kind.CHOICE,
    CustomField.Kind.YES_NO: Kind.YES_NO,
}
# What a column of text may hold and still be a number, so that the database never stumbles.
NUMBER = r"^-?[0-9]{1,15}(\.[0-9]{1,9})?$"


def custom_fields(member: Member) -> Iterator[tuple[str, str, Kind, Where, Options]]:
    """Key, name, kind, meaning and options of each."""
    known = CustomField.objects.visible_to(member).filter(on__in=[On.CONVERSATION, On.CUSTOMER])
    for each in known:
        kind = KINDS[CustomField.Kind(each.kind)]
        yield f"{each.on}:{each.key}", each.name, kind, _where(each, kind), _options(each)


def _options(custom: CustomField) -> Options:
    choices = [(str(option), str(option)) for option in custom.options]
    return lambda _member: choices


def _where(custom: CustomField, kind: Kind) -> Where:
    def where(lookup: str, value: Any, _member: Member) -> Q:
        rows = _rows(custom)
        if lookup == "set":
            return Q(Exists(rows.filter(text__gt="")))
        if kind == Kind.YES_NO:
            found = Q(Exists(rows.filter(text__in=["yes", "Yes", "true", "True", "1", "on"])))
            return found if value else ~found
        if kind == Kind.NUMBER:
            return Q(Exists(_as_numbers(rows).filter(Q((f"figure__{lookup}", value)))))
        if kind == Kind.DATE:
            value = value.isoformat()
        return Q(Exists(rows.filter(Q(text__gt="") & Q((f"text__{lookup}", value)))))

    return where


def _rows(custom: CustomField) -> Any:
    """The row that holds the value, with it as `text`."""
    text = Cast(KeyTextTransform(custom.key, "fields"), TextField())
    if custom.on == On.CUSTOMER:
        return Customer.objects.filter(pk=OuterRef("requester")).alias(text=text)
    return Conversation.objects.filter(pk=OuterRef("pk")).alias(text=text)


def _as_numbers(rows: Any) -> Any:
    figure = Case(When(text__regex=NUMBER, then=Cast("text", FloatField())))
    return rows.alias(figure=figure)
