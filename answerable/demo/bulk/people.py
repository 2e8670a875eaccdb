"""Customers, told by their number, so that they need not be remembered."""

from random import Random
from typing import NamedTuple

from answerable.customers.models import CompanyDomain, Customer, Identity
from answerable.demo.bulk.phrases import Phrases, Said
from answerable.demo.bulk.tables import Table, moment
from answerable.search.folding import folded

CUSTOMER = "workspace_id name first_name last_name company_id created_at"
IDENTITY = "workspace_id customer_id kind value shown created_at verified_at verified_by"


class Person(NamedTuple):
    """A customer with one address."""

    customer: int
    identity: int
    name: Said
    first: Said
    email: Said


class Crowd:
    """Every other mail is from somebody new; the rest from somebody who wrote before."""

    def __init__(self, workspace: int, phrases: Phrases, rng: Random) -> None:
        self._workspace, self._rng = workspace, rng
        self._firsts = [(name, folded(name)) for name in phrases.first_names]
        self._lasts = [(name, folded(name)) for name in phrases.last_names]
        self._domains = [(domain, folded(domain)) for domain in phrases.domains]
        companies = CompanyDomain.objects.filter(workspace=workspace)
        self._companies = dict(companies.values_list("domain", "company_id"))
        self.customers = Table(Customer, CUSTOMER)
        self.identities = Table(Identity, IDENTITY)
        self._before = self.customers.last
        self._apart = self.identities.last - self.customers.last

    def somebody(self, at: float) -> Person:
        known = self.customers.last - self._before
        if known and self._rng.random() < 0.5:
            return self._person(self._before + 1 + int(self._rng.random() * known))
        return self._newcomer(at)

    def _newcomer(self, at: float) -> Person:
        person = self._person(self.customers.last + 1)
        name, first, email = person.name.text, person.first.text, person.email.text
        company = self._companies.get(email.partition("@")[2])
        last, when = name.removeprefix(first).strip(), moment(at)
        self.customers.add(self._workspace, name, first, last, company, when)
        self.identities.add(
            self._workspace, person.customer, "email", email, email, when, when, "DMARC",
        )  # fmt: skip
        return person

    def _person(self, pk: int) -> Person:
        firsts, lasts = self._firsts, self._lasts
        # Steps that are prime to the lengths of the lists, so that all pairs come up.
        first, folded_first = firsts[(pk * 7919) % len(firsts)]
        last, folded_last = lasts[(pk // len(firsts) + pk * 31) % len(lasts)]
        domain, folded_domain = self._domains[(pk * 13) % len(self._domains)]
        return Person(
            pk,
            pk + self._apart,
            Said(f"{first} {last}", f"{folded_first} {folded_last}"),
            Said(first, folded_first),
            Said(f"{folded_first}.{pk}@{domain}", f"{folded_first} {pk} {folded_domain}"),
        )
