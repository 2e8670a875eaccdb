"""Customers as a table of plain words, some hundred at a time, whatever their number."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from answerable.conversations.people import Person, as_people
from answerable.customers.models import Customer, CustomField, Identity
from answerable.customers.plain_cells import disarm
from answerable.workspaces.models import Member

AT_ONCE = 500
COLUMNS = ["name", "first_name", "last_name", "job_title", "postal_address", "language"]
COLUMNS += ["time_zone"]
SEVERAL = " ; "


class _Line:
    """What csv writes into: hands each line back."""

    def write(self, line: str) -> str:
        return line


def table_of(customers: QuerySet[Customer], member: Member) -> Iterator[str]:
    """Lines of CSV, the first with the names of the columns; conversations as the member sees."""
    own = list(CustomField.objects.visible_to(member).filter(on=CustomField.On.CUSTOMER))
    writer: Any = csv.writer(_Line())
    names = ["email", "phone", "external", *COLUMNS, "company", "blocked", "since"]
    head = [*names, "conversations", *(f"field {each.key}" for each in own)]
    # The sign that tells a spreadsheet it is UTF-8.
    yield "\ufeff" + writer.writerow([disarm(name) for name in head])
    for person in _people(customers, member):
        yield writer.writerow([disarm(cell) for cell in _cells(person, own)])


def _people(customers: QuerySet[Customer], member: Member) -> Iterator[Person]:
    last = 0
    while True:
        following = customers.filter(pk__gt=last).order_by("pk").select_related("company")
        some = list(following[:AT_ONCE])
        if not some:
            return
        yield from as_people(some, member)
        last = some[-1].pk


def _cells(person: Person, own: list[CustomField]) -> list[str]:
    customer = person.customer
    return [
        *(_reached(person, kind) for kind in Identity.Kind),
        *(str(getattr(customer, name)) for name in COLUMNS),
        customer.company.name if customer.company else "",
        "yes" if customer.blocked else "no",
        customer.created_at.date().isoformat(),
        str(person.conversations),
        *(str(customer.fields.get(each.key, "")) for each in own),
    ]


def _reached(person: Person, kind: str) -> str:
    return SEVERAL.join(each.shown for each in person.addresses if each.kind == kind)
