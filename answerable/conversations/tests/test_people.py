"""Customers as members see and change them."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from answerable.customers.models import Company, Customer, CustomField, Identity
from answerable.files.models import File
from answerable.workspaces import pictures
from tests.world import ask, inbox_of

LIST = "/w/demo/customers"


@pytest.fixture
def at_ada(ada):
    client = Client()
    client.force_login(ada.user)
    return client


@pytest.fixture
def page(carl):
    return f"{LIST}/{carl.customer_id}"


def test_the_list_counts_only_what_a_member_may_see(at_ada, bo, broken_lamp, demo):
    hidden = inbox_of(demo, "Sales", "sales@demo.example")
    ask(hidden, "carl@customer.example", "Carl", "Secret offer", "Psst.")
    at_bo = Client()
    at_bo.force_login(bo.user)

    assert b'class="number">1</td>' in at_ada.get(LIST).content
    assert "–</td>" in at_bo.get(LIST).content.decode()


@pytest.mark.parametrize("words", ["car", "CARL@cust", "okafor", "north"])
def test_the_beginning_of_a_name_an_address_or_a_company_finds(at_ada, demo, carl, words):
    company = Company.objects.create(workspace=demo, name="Northgate")
    Customer.objects.filter(pk=carl.customer_id).update(company=company, name="Carl Okafor")
    Identity.objects.of_address(demo.pk, "zoe@else.example", "Zoe")

    found = at_ada.get(LIST, {"q": words}).content

    assert b"Carl Okafor" in found
    assert b"Zoe" not in found


def test_the_list_goes_on_where_it_ended(at_ada, demo):
    for number in range(120):
        Customer.objects.create(workspace=demo, name=f"Guest {number // 3:02}")

    seen: list[int] = []
    more = "?after="
    while more and len(seen) < 200:
        page = at_ada.get(LIST + more).content.decode()
        seen += [int(pk) for pk in re.findall(rf'href="{LIST}/(\d+)"', page)]
        more = next(iter(re.findall(r'href="(\?&amp;after=\d+)"', page)), "").replace("&amp;", "&")

    assert sorted(seen) == sorted(Customer.objects.values_list("pk", flat=True))


def test_the_list_asks_the_same_number_of_questions(
    at_ada, demo, broken_lamp, django_assert_max_num_queries
):
    for number in range(40):
        Identity.objects.of_address(demo.pk, f"guest-{number}@hotel.example")
    at_ada.get(LIST)

    with django_assert_max_num_queries(10):
        at_ada.get(LIST)


def test_the_profile_asks_the_same_number_of_questions(
    at_ada, support, broken_lamp, page, django_assert_max_num_queries
):
    for number in range(20):
        ask(support, "carl@customer.example", "Carl", f"Lamp {number}", "Dark.")
    at_ada.get(page)

    with django_assert_max_num_queries(17):
        at_ada.get(page)


def test_details_are_changed_and_own_fields_checked(at_ada, demo, carl, page):
    CustomField.objects.create(workspace=demo, on="customer", key="since", name="S", kind="date")
    words = {"first_name": "Carl", "last_name": "Okafor", "company_name": "Northgate"}

    wrong = at_ada.post(page, words | {"field_since": "yesterday"})
    at_ada.post(page, words | {"field_since": "2026-02-03", "language": "de"})

    assert wrong.status_code == 422
    carl.customer.refresh_from_db()
    assert str(carl.customer) == "Carl Okafor"
    assert carl.customer.fields == {"since": "2026-02-03"}
    assert carl.customer.company == demo.companies.get()


def test_an_address_of_somebody_else_stays_theirs(at_ada, demo, page):
    zoe = Identity.objects.of_address(demo.pk, "zoe@else.example", "Zoe")

    answer = at_ada.post(f"{page}/addresses", {"kind": "email", "value": "ZOE@else.example"})

    assert answer.status_code == 422
    assert b"stays theirs" in answer.content
    assert Identity.objects.get(pk=zoe.pk).customer_id == zoe.customer_id


def test_an_address_known_elsewhere_only_is_added_without_a_word(at_ada, other, carl, page):
    elsewhere = Identity.objects.of_address(other.pk, "zoe@else.example", "Zoe")

    at_ada.post(f"{page}/addresses", {"kind": "email", "value": "zoe@else.example"})

    assert carl.customer.identities.filter(value="zoe@else.example", verified_at=None).exists()
    assert Identity.objects.get(pk=elsewhere.pk).customer_id == elsewhere.customer_id


def test_only_an_unused_address_is_removed(at_ada, broken_lamp, carl, page):
    number = carl.customer.identities.create(
        workspace=carl.workspace, kind="phone", value="+4930", shown="+49 30"
    )

    at_ada.post(f"{page}/addresses/{number.pk}/removal")
    kept = at_ada.post(f"{page}/addresses/{carl.pk}/removal")

    assert kept.status_code == 422
    assert list(carl.customer.identities.all()) == [carl]


def test_a_blocked_customer_is_listed_and_can_be_unblocked(at_ada, carl, page):
    at_ada.post(f"{page}/blocking")
    listed = at_ada.get(LIST, {"only": "blocked"}).content
    at_ada.post(f"{page}/unblocking")

    assert b">Carl<" in listed
    assert not Customer.objects.get(pk=carl.customer_id).blocked


def test_a_picture_is_made_anew(at_ada, carl, page):
    image = BytesIO()
    Image.new("RGB", (600, 300), "red").save(image, "PNG")
    at_ada.post(f"{page}/picture", {"picture": SimpleUploadedFile("a.png", image.getvalue())})

    carl.customer.refresh_from_db()
    shown = at_ada.get(f"{LIST}/pictures/{carl.customer.avatar}")
    assert shown.headers["Content-Type"] == "image/webp"
    assert shown.content == pictures.read(carl.workspace_id, carl.customer.avatar)
    assert not File.objects.exists()


def test_a_company_shows_its_people_and_conversations(at_ada, demo, broken_lamp):
    company = Company.objects.create(workspace=demo, name="Northgate")
    Customer.objects.update(company=company)

    shown = at_ada.get(f"/w/demo/companies/{company.pk}").content

    assert b">Carl<" in shown
    assert b"Broken lamp" in shown


def test_the_timeline_hides_what_a_member_may_not_see(bo, broken_lamp, page):
    at_bo = Client()
    at_bo.force_login(bo.user)

    shown = at_bo.get(page).content

    assert b">Carl<" in shown
    assert b"Broken lamp" not in shown
