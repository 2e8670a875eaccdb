"""Companies, and who belongs to them by the domain of an address."""

import pytest
from django.test import Client

from answerable.customers.models import Company, CustomField, Identity

PAGE = "/w/demo/settings/companies/"


@pytest.fixture
def at_ada(ada):
    client = Client()
    client.force_login(ada.user)
    return client


def save(client, domains: str, name: str = "Northgate", **more):
    return client.post(f"{PAGE}new/", {"name": name, "domains": domains, **more})


def company_of(workspace, email: str):
    return Identity.objects.get(workspace=workspace, value=email).customer.company


def test_customers_of_its_domains_join(at_ada, demo, carl):
    Identity.objects.of_address(demo.pk, "mia@mail.customer.example")
    Identity.objects.of_address(demo.pk, "eve@othercustomer.example")
    save(at_ada, "Info@Customer.example.")

    assert company_of(demo, "carl@customer.example").name == "Northgate"
    assert company_of(demo, "mia@mail.customer.example").name == "Northgate"
    assert company_of(demo, "eve@othercustomer.example") is None


def test_a_longer_domain_of_another_company_goes_first(at_ada, demo):
    Identity.objects.of_address(demo.pk, "mia@mail.customer.example")
    shop = Company.objects.create(workspace=demo, name="Shop")
    shop.domains.create(workspace=demo, domain="mail.customer.example")
    save(at_ada, "customer.example")

    assert company_of(demo, "mia@mail.customer.example") is None


def test_nobody_of_another_workspace_joins(at_ada, other):
    Identity.objects.of_address(other.pk, "carl@customer.example")
    save(at_ada, "customer.example")

    assert company_of(other, "carl@customer.example") is None


@pytest.mark.parametrize("domains", ["gmail.com", "no domain", "localhost", "a..example", "-x.org"])
def test_what_is_no_domain_of_a_company_is_refused(at_ada, demo, domains):
    assert save(at_ada, domains).status_code == 422


def test_a_domain_belongs_to_one_company(at_ada, demo):
    save(at_ada, "customer.example")

    assert save(at_ada, "customer.example", name="Southgate").status_code == 422


def test_its_own_fields_are_filled_in(at_ada, demo):
    CustomField.objects.create(workspace=demo, on="company", key="contract", name="Contract")
    save(at_ada, "", field_contract="K-7")

    assert demo.companies.get().fields == {"contract": "K-7"}


def test_removed_it_leaves_its_customers(at_ada, demo, carl):
    save(at_ada, "customer.example")
    asked = at_ada.get(f"{PAGE}{demo.companies.get().pk}/removal/")
    at_ada.post(f"{PAGE}{demo.companies.get().pk}/removal/", {"sure": "yes"})

    assert asked.status_code == 200
    assert company_of(demo, "carl@customer.example") is None
    assert not demo.companies.exists()


def test_companies_are_found_by_a_domain(at_ada, demo):
    save(at_ada, "customer.example")
    save(at_ada, "hotel.example", name="Southgate")
    found = at_ada.get(f"{PAGE}?q=hotel").content

    assert b">Southgate<" in found
    assert b">Northgate<" not in found


def test_the_list_asks_the_same_number_of_questions(
    at_ada, demo, ada, django_assert_num_queries, django_assert_max_num_queries
):
    for number in range(12):
        company = Company.objects.create(workspace=demo, name=f"Hotel {number}")
        company.domains.create(workspace=demo, domain=f"hotel-{number}.example")
    at_ada.get(PAGE)

    with django_assert_max_num_queries(10):
        at_ada.get(PAGE)
