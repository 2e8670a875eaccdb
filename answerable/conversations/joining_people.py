"""Two entries of customers that are one person: made one by a member, and parted again.

Nothing here happens by itself: an address that nobody has proven to be behind joins nobody.
"""

from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from answerable.conversations.models import Conversation, Event, Message, Participant
from answerable.customers.models import (
    Company,
    Customer,
    CustomerMerge,
    CustomerNote,
    Identity,
)
from answerable.workspaces.models import Member

# All that points to a customer, by the name under which a merge remembers it.
MOVES: dict[str, tuple[type[Model], str]] = {
    "identities": (Identity, "customer"),
    "conversations": (Conversation, "requester"),
    "participants": (Participant, "customer"),
    "messages": (Message, "customer"),
    "events": (Event, "customer"),
    "notes": (CustomerNote, "customer"),
    "merges": (CustomerMerge, "kept"),
}
PROFILE = [
    *("name", "first_name", "last_name", "job_title", "postal_address", "avatar"),
    *("language", "time_zone", "company_id"),
]
SHOWN = 10


class CannotMerge(Exception):
    """These two cannot be made one, or not be parted (any more)."""


@transaction.atomic
def merge(gone: Customer, into: Customer, *, by: Member) -> CustomerMerge:
    """All of `gone` goes to `into`, whose own values stay and whose empty ones are filled."""
    if gone.pk == into.pk or gone.workspace_id != into.workspace_id:
        raise CannotMerge
    before, lost = _values(into), _values(gone)
    filled = {name: before[name] or lost[name] for name in PROFILE}
    filled["fields"] = {**lost["fields"], **{k: v for k, v in before["fields"].items() if v}}
    filled["blocked"] = before["blocked"] or lost["blocked"]
    moved = {name: _move(name, {}, gone.pk, into.pk) for name in MOVES}
    Customer.objects.filter(pk=into.pk).update(**filled)
    kept = {"pk": gone.pk, "created_at": gone.created_at.isoformat(), **lost}
    was = {"kept": before, "gone": kept, "made": filled}
    merged = CustomerMerge.objects.create(
        workspace_id=into.workspace_id, kept=into, was=was, moved=moved, by=by
    )
    gone.delete()
    return merged


@transaction.atomic
def part(merged: CustomerMerge) -> Customer:
    """Take a merge back: what came with it goes back, and what happened since stays.

    The latest first: an earlier one stands on what a later one has moved. Raises CannotMerge.
    """
    kept = merged.kept
    open_ones = CustomerMerge.objects.filter(kept=kept, undone_at=None)
    if merged.undone_at or open_ones.filter(pk__gt=merged.pk).exists():
        raise CannotMerge
    if not open_ones.filter(pk=merged.pk).update(undone_at=timezone.now()):
        raise CannotMerge
    values = {**merged.was["gone"]}
    values["company_id"] = _company(merged.workspace_id, values["company_id"])
    again = Customer.objects.create(workspace_id=merged.workspace_id, **values)
    for name, pks in merged.moved.items():
        _move(name, {"pk__in": pks}, kept.pk, again.pk)
    now, was, made = _values(kept), merged.was["kept"], merged.was["made"]
    # Only what nobody has changed since is as it was before.
    back = {name: value for name, value in was.items() if now[name] == made[name]}
    if "company_id" in back:
        back["company_id"] = _company(merged.workspace_id, back["company_id"])
    Customer.objects.filter(pk=kept.pk).update(**back)
    return again


def alike(customer: Customer, member: Member) -> QuerySet[Customer]:
    """Perhaps the same person: the same name in the same company, or the same proven number."""
    others = Customer.objects.visible_to(member).exclude(pk=customer.pk)
    same = Q(pk__in=[])
    if customer.name and customer.company_id:
        same |= Q(name__iexact=customer.name, company=customer.company_id)
    proven = Identity.objects.visible_to(member).filter(kind="phone").exclude(verified_at=None)
    for number in proven.filter(customer=customer).values_list("value", flat=True):
        if len(number) >= 9:
            same |= Q(pk__in=proven.filter(value__endswith=number[-9:]).values("customer"))
    return others.filter(same).select_related("company").order_by("name", "pk")[:SHOWN]


def _values(customer: Customer) -> dict[str, Any]:
    return {name: getattr(customer, name) for name in [*PROFILE, "fields", "blocked"]}


def _company(workspace_id: int, pk: int | None) -> int | None:
    here = Company.objects.filter(workspace_id=workspace_id, pk=pk or 0)
    return here.values_list("pk", flat=True).first()


def _move(name: str, only: dict[str, Any], source: int, target: int) -> list[int]:
    model, column = MOVES[name]
    rows = model._default_manager.filter(**{column: source}, **only)
    pks = list(rows.values_list("pk", flat=True))
    rows.update(**{column: target})
    return pks
