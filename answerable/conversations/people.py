"""Customers as a list, each with what a member may see of their conversations.

A page is four queries, however long: the customers, their addresses, the counts, and the cursor.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from answerable.conversations.models import Conversation
from answerable.customers.models import Customer, Identity
from answerable.workspaces.models import Member

PAGE = 50


@dataclass
class Person:
    """One line of the list."""

    customer: Customer
    addresses: list[Identity] = field(default_factory=list)
    conversations: int = 0
    last_at: datetime | None = None


@dataclass
class PeoplePage:
    people: list[Person]
    next: str = ""


def conversations_of(member: Member) -> QuerySet[Conversation]:
    """Those a member may see; one that was merged into another is there under the other."""
    return Conversation.objects.visible_to(member).exclude(shelf=Conversation.Shelf.MERGED)


def found(member: Member, words: str = "", company: int = 0, only: str = "") -> QuerySet[Customer]:
    """Customers by the beginning of a name, an address or a company."""
    customers = Customer.objects.visible_to(member)
    if company:
        customers = customers.filter(company=company)
    if only == "blocked":
        customers = customers.filter(blocked=True)
    if words := " ".join(words.split()):
        customers = customers.filter(_begins(member, words))
    return customers


def _begins(member: Member, words: str) -> Q:
    addresses = Identity.objects.visible_to(member).filter(value__startswith=words.casefold())
    return (
        Q(name__istartswith=words)
        | Q(name__icontains=f" {words}")
        | Q(company__name__istartswith=words)
        | Q(pk__in=addresses.values("customer"))
    )


def people_page(customers: QuerySet[Customer], member: Member, after: str = "") -> PeoplePage:
    ordered = _after(customers, after).order_by("name", "pk").select_related("company")
    some = list(ordered[: PAGE + 1])
    more = len(some) > PAGE
    people = as_people(some[:PAGE], member)
    return PeoplePage(people, str(people[-1].customer.pk) if more else "")


def as_people(customers: list[Customer], member: Member) -> list[Person]:
    people = {customer.pk: Person(customer) for customer in customers}
    own = Identity.objects.visible_to(member).filter(customer__in=people)
    for identity in own.order_by("kind", "pk"):
        people[identity.customer_id].addresses.append(identity)
    for row in _counted(member, people):
        person = people[row["requester"]]
        person.conversations, person.last_at = row["size"], row["last_at"]
    return list(people.values())


def _counted(member: Member, pks: Any) -> Any:
    theirs = conversations_of(member).filter(requester__in=pks)
    return (
        theirs.order_by()
        .values("requester")
        .annotate(size=Count("pk"), last_at=Max("last_activity_at"))
    )


def _after(customers: QuerySet[Customer], after: str) -> QuerySet[Customer]:
    if not (after.isdecimal() and len(after) < 18):
        return customers
    name = Customer.objects.filter(pk=int(after)).values_list("name", flat=True).first()
    if name is None:
        return customers
    # The first condition is the one that the index begins at.
    here = customers.filter(name__gte=name)
    return here.filter(Q(name__gt=name) | Q(pk__gt=int(after)))
