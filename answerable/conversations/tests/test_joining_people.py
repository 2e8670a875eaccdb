"""Two customers made one, and parted again."""

import pytest
from django.apps import apps

from answerable.conversations.joining_people import MOVES, CannotMerge, alike, merge, part
from answerable.customers.models import Company, Customer, CustomerNote, Identity
from tests.world import ask


@pytest.fixture
def carla(support, carl, broken_lamp):
    """Carl again, by another address."""
    matter = ask(support, "carl@home.example", "Carla", "Other lamp", "Dark too.")
    CustomerNote.objects.create(customer=matter.requester, text="Likes brass.")
    return matter.requester


def test_all_that_points_to_a_customer_moves():
    named = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        if field.related_model is Customer
    }

    assert named == set(MOVES.values())


def test_merged_and_parted_all_is_as_before(ada, carl, carla):
    Customer.objects.filter(pk=carla.pk).update(job_title="Host", fields={"plan": "Gold"})
    carla.refresh_from_db()
    before, pk = everything(), carla.pk

    merged = merge(carla, carl.customer, by=ada)
    carl.customer.refresh_from_db()
    together = (carl.customer.job_title, carl.customer.conversations.count())
    again = part(merged)

    assert together == ("Host", 2)
    assert again.pk == pk
    assert everything() == before


def test_what_happened_since_stays(ada, carl, carla, support):
    merged = merge(carla, carl.customer, by=ada)
    later = ask(support, "carl@customer.example", "Carl", "Third lamp", "Dark.")
    Customer.objects.filter(pk=carl.customer_id).update(job_title="Guest")
    merged.refresh_from_db()
    part(merged)

    later.refresh_from_db()
    assert later.requester_id == carl.customer_id
    assert Customer.objects.get(pk=carl.customer_id).job_title == "Guest"


def test_of_two_merges_the_later_is_parted_first(ada, carl, carla, demo):
    first = merge(carla, carl.customer, by=ada)
    zoe = Identity.objects.of_address(demo.pk, "zoe@else.example", "Zoe").customer
    second = merge(carl.customer, zoe, by=ada)
    first.refresh_from_db()

    with pytest.raises(CannotMerge):
        part(first)
    part(second)
    first.refresh_from_db()
    part(first)

    assert Customer.objects.filter(workspace=demo).count() == 3


def test_nobody_of_another_workspace_is_merged(ada, carl, other_matter):
    with pytest.raises(CannotMerge):
        merge(other_matter.requester, carl.customer, by=ada)


def test_the_same_name_in_one_company_or_a_proven_number_is_alike(ada, carl, carla, demo):
    assert list(alike(carl.customer, ada)) == []

    company = Company.objects.create(workspace=demo, name="Northgate")
    Customer.objects.filter(workspace=demo).update(company=company, name="Carl Okafor")
    carl.customer.refresh_from_db()

    assert list(alike(carl.customer, ada)) == [carla]


def everything() -> dict[str, list[tuple]]:
    tables = {name: (model, column) for name, (model, column) in MOVES.items() if name != "merges"}
    rows = {
        name: sorted(model.objects.values_list("pk", column))
        for name, (model, column) in tables.items()
    }
    return rows | {"customers": sorted(Customer.objects.values_list(), key=repr)}
