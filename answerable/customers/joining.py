"""Customers who belong to a company by the domain of an address of theirs."""

from django.db.models import Q

from answerable.customers.models.company import Company, CompanyDomain
from answerable.customers.models.customer import Customer
from answerable.customers.models.identity import Identity


def join(company: Company) -> int:
    """Those of its domains who belong to none yet; how many. A longer domain of another company
    goes before a shorter one, as with mail that arrives."""
    every = CompanyDomain.objects.filter(workspace=company.workspace_id)
    named = dict(every.values_list("domain", "company_id"))
    own = [domain for domain, owner in named.items() if owner == company.pk]
    if not own:
        return 0
    closer = [
        domain
        for domain, owner in named.items()
        if owner != company.pk and any(domain.endswith(f".{mine}") for mine in own)
    ]
    addresses = Identity.objects.filter(
        _at(own), workspace=company.workspace_id, kind=Identity.Kind.EMAIL
    )
    if closer:
        addresses = addresses.exclude(_at(closer))
    alone = Customer.objects.filter(workspace=company.workspace_id, company=None)
    return alone.filter(pk__in=addresses.values("customer")).update(company=company)


def _at(domains: list[str]) -> Q:
    """Addresses at one of these domains, or at one below it."""
    found = Q()
    for domain in domains:
        found |= Q(value__endswith=f"@{domain}") | Q(value__endswith=f".{domain}")
    return found
