"""Customers as a file: what a member may see, and nothing that a spreadsheet would run."""

import csv
from io import StringIO

import pytest
from django.test import Client

from answerable.conversations import exporting
from answerable.customers.models import Customer, CustomField, Identity
from answerable.customers.plain_cells import disarm, rearm
from tests.world import ask, inbox_of

EXPORT = "/w/demo/customers/export"


def exported(member, **asked) -> list[dict[str, str]]:
    client = Client()
    client.force_login(member.user)
    text = client.get(EXPORT, asked).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.mark.parametrize(
    "text",
    ["=HYPERLINK(1)", "+49", "-1", "@x", "\tx", "＝1", "'=1", "''+2", "'quoted", "plain", ""],
)
def test_what_is_disarmed_comes_back_whole(text):
    assert not disarm(text).startswith(("=", "+", "-", "@", "\t", "＝"))
    assert rearm(disarm(text)) == text


def test_names_are_no_formulas(ada, demo, carl):
    Customer.objects.update(name='=HYPERLINK("http://evil.example")', fields={"plan": "+1"})
    CustomField.objects.create(workspace=demo, on="customer", key="plan", name="Plan")

    (row,) = exported(ada)

    assert row["name"].startswith("'=HYPERLINK")
    assert row["field plan"] == "'+1"
    assert row["email"] == "carl@customer.example"


def test_conversations_are_counted_as_the_member_sees_them(ada, bo, demo, broken_lamp):
    hidden = inbox_of(demo, "Sales", "sales@demo.example")
    ask(hidden, "carl@customer.example", "Carl", "Secret offer", "Psst.")

    assert [row["conversations"] for row in exported(ada)] == ["1"]
    assert [row["conversations"] for row in exported(bo)] == ["0"]


def test_only_those_found_in_this_workspace_and_each_once(ada, demo, other, carl, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    Identity.objects.of_address(other.pk, "gus-9@hotel.example", "Gus 9")
    for number in range(5):
        Identity.objects.of_address(demo.pk, f"gus-{number}@hotel.example", f"Gus {number}")

    assert [row["name"] for row in exported(ada, q="gus")] == [f"Gus {n}" for n in range(5)]
