"""The settings about inboxes, statuses, tags and fields."""

import pytest

from answerable.conversations.models import Inbox, Status, Tag
from answerable.customers.models import CustomField

SETTINGS = "/w/demo/settings"
PAGES = ["inboxes/", "inboxes/new/", "statuses/", "statuses/new/", "tags/", "tags/new/"]
PAGES += ["fields/", "fields/new/"]


@pytest.fixture
def at_olga(enter, olga):
    return enter(olga)


@pytest.fixture
def heavy(demo):
    return Tag.objects.create(workspace=demo, name="heavy", colour="teal")


@pytest.fixture
def carrier(demo):
    return Status.objects.create(workspace=demo, name="With the carrier", category="waiting")


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_empty_and_full(at_olga, page):
    assert at_olga.get(f"{SETTINGS}/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_an_agent_does_not_find_them(at_ada, page):
    assert at_ada.get(f"{SETTINGS}/{page}").status_code == 404


def test_an_inbox_is_made_for_a_team(at_olga, ada):
    team = ada.teams.get()
    at_olga.post(f"{SETTINGS}/inboxes/new/", {"name": "Repairs", "teams": [team.pk]})

    assert list(Inbox.objects.visible_to(ada).values_list("name", flat=True)) == ["Repairs"]


def test_whoever_may_not_see_every_inbox_sees_the_one_they_make(enter, ada):
    ada.role.rights = [*ada.role.rights, "inboxes"]
    ada.role.save()
    enter(ada).post(f"{SETTINGS}/inboxes/new/", {"name": "Repairs"})

    assert Inbox.objects.visible_to(ada).filter(name="Repairs").exists()


def test_an_inbox_leads_to_its_mail_account(at_olga, support):
    page = at_olga.get(f"{SETTINGS}/inboxes/{support.pk}/").content.decode()

    assert f"/w/demo/settings/mail/{support.mail_account.pk}/" in page


def test_an_inbox_without_an_address_is_given_one(at_olga, demo):
    inbox = Inbox.objects.create(workspace=demo, name="Repairs")
    assert f"settings/mail/new?inbox={inbox.pk}" in (
        at_olga.get(f"{SETTINGS}/inboxes/{inbox.pk}/").content.decode()
    )
    form = {"inbox": inbox.pk, "name": "Repairs", "address": "repairs@demo.example"}
    at_olga.post(f"{SETTINGS}/mail/new", form)

    inbox.refresh_from_db()
    assert inbox.mail_account.address == "repairs@demo.example"
    assert Inbox.objects.count() == 1


def test_an_inbox_with_conversations_is_not_removed(at_olga, broken_lamp):
    at_olga.post(f"{SETTINGS}/inboxes/{broken_lamp.inbox_id}/removal/", {"sure": "yes"})

    assert Inbox.objects.filter(pk=broken_lamp.inbox_id).exists()


def test_an_empty_inbox_is_removed(at_olga, support):
    at_olga.post(f"{SETTINGS}/inboxes/{support.pk}/removal/", {"sure": "yes"})

    assert not Inbox.objects.exists()


def test_a_status_is_named_in_a_category(at_olga, demo):
    form = {"name": " Waiting  for parts ", "category": "waiting"}
    at_olga.post(f"{SETTINGS}/statuses/new/", form)

    assert demo.statuses.get().name == "Waiting for parts"


def test_a_status_keeps_its_category(at_olga, carrier):
    form = {"name": "On its way", "category": "resolved"}
    at_olga.post(f"{SETTINGS}/statuses/{carrier.pk}/", form)

    carrier.refresh_from_db()
    assert (carrier.name, carrier.category) == ("On its way", "waiting")


def test_statuses_stand_in_the_order_they_are_given(at_olga, demo, carrier):
    parts = Status.objects.create(workspace=demo, name="Parts", category="waiting", position=1)
    at_olga.post(f"{SETTINGS}/statuses/{parts.pk}/place/", {"towards": "up"})

    page = at_olga.get(f"{SETTINGS}/statuses/").content.decode()
    assert 0 < page.index(">Parts<") < page.index(">With the carrier<")


def test_the_conversations_of_a_removed_status_go_where_it_is_said(
    at_olga, olga, broken_lamp, carrier
):
    parts = Status.objects.create(workspace=olga.workspace, name="Parts", category="waiting")
    broken_lamp.set_status(carrier, by=olga)
    at_olga.post(f"{SETTINGS}/statuses/{carrier.pk}/removal/", {"into": parts.pk})

    broken_lamp.refresh_from_db()
    assert (broken_lamp.status, broken_lamp.category) == (parts, "waiting")


def test_they_do_not_go_to_another_category(at_olga, demo, carrier):
    other = Status.objects.create(workspace=demo, name="Refunded", category="resolved")
    answer = at_olga.post(f"{SETTINGS}/statuses/{carrier.pk}/removal/", {"into": other.pk})

    assert answer.status_code == 422
    assert Status.objects.filter(pk=carrier.pk).exists()


def test_a_renamed_tag_stays_and_so_does_its_history(at_olga, olga, broken_lamp, heavy):
    broken_lamp.tag(heavy, by=olga)
    at_olga.post(f"{SETTINGS}/tags/{heavy.pk}/", {"name": "bulky", "colour": "red"})

    assert broken_lamp.tags.get().name == "bulky"
    assert broken_lamp.events.get(kind="tagged").particulars["name"] == "heavy"


def test_a_tag_of_the_same_name_is_refused(at_olga, heavy):
    assert at_olga.post(f"{SETTINGS}/tags/new/", {"name": "Heavy"}).status_code == 422


def test_a_merged_tag_gives_its_conversations_away(at_olga, olga, broken_lamp, heavy):
    bulky = Tag.objects.create(workspace=olga.workspace, name="bulky")
    broken_lamp.tag(heavy, by=olga)
    broken_lamp.tag(bulky, by=olga)
    at_olga.post(f"{SETTINGS}/tags/{heavy.pk}/merging/", {"into": bulky.pk})

    assert list(broken_lamp.tags.all()) == [bulky]
    assert list(Tag.objects.all()) == [bulky]


def test_a_tag_is_not_merged_into_one_of_another_workspace(at_olga, heavy, other):
    foreign = Tag.objects.create(workspace=other, name="late")
    answer = at_olga.post(f"{SETTINGS}/tags/{heavy.pk}/merging/", {"into": foreign.pk})

    assert answer.status_code == 422
    assert Tag.objects.filter(pk=heavy.pk).exists()


def test_a_row_shows_the_colour_of_its_tag(at_olga, olga, broken_lamp, heavy):
    broken_lamp.tag(heavy, by=olga)

    assert 'data-hue="7" title="heavy"' in at_olga.get("/w/demo/lists/open").content.decode()


def test_a_list_needs_choices(at_olga, demo):
    form = {"name": "Colour", "on": "conversation", "kind": "choice", "options": " \n"}

    assert at_olga.post(f"{SETTINGS}/fields/new/", form).status_code == 422
    at_olga.post(f"{SETTINGS}/fields/new/", form | {"options": "oak\nbrass\noak"})
    assert demo.custom_fields.get().options == ["oak", "brass"]


def test_two_fields_get_two_keys(at_olga, demo):
    for name in ("Order no.", "Order no!"):
        at_olga.post(
            f"{SETTINGS}/fields/new/", {"name": name, "on": "conversation", "kind": "text"}
        )

    assert [field.key for field in demo.custom_fields.all()] == ["order_no", "order_no_2"]


def test_a_removed_field_takes_its_values_along(at_olga, olga, broken_lamp):
    field = CustomField.objects.create(
        workspace=olga.workspace, on="conversation", key="order", name="Order"
    )
    broken_lamp.set_field("order", "1042", by=olga)
    broken_lamp.set_field("colour", "oak", by=olga)
    asked = at_olga.get(f"{SETTINGS}/fields/{field.pk}/removal/").content
    at_olga.post(f"{SETTINGS}/fields/{field.pk}/removal/", {"sure": "yes"})

    broken_lamp.refresh_from_db()
    assert b"filled in once" in asked
    assert broken_lamp.fields == {"colour": "oak"}


def test_pages_open_full(at_olga, heavy, carrier, support):
    field = CustomField.objects.create(
        workspace=heavy.workspace, key="wood", name="Wood", kind="choice", options=["oak", "elm"]
    )
    for page in ("inboxes/", "statuses/", "tags/", "fields/", f"fields/{field.pk}/"):
        assert at_olga.get(f"{SETTINGS}/{page}").status_code == 200


def test_a_field_of_the_conversation_is_filled_in_beside_it(at_ada, demo, broken_lamp):
    fields = demo.custom_fields
    fields.create(on="conversation", key="gift", name="A gift?", kind="yes_no")
    fields.create(on="customer", key="gift", name="Likes gifts", kind="text")
    page = f"/w/demo/conversations/{broken_lamp.number}/fields"
    for field, value in [("gift", "yes"), ("gift", "maybe"), ("unknown", "y")]:
        at_ada.post(page, {"field": field, "value": value})

    broken_lamp.refresh_from_db()
    assert broken_lamp.fields == {"gift": "Yes"}
    assert broken_lamp.events.filter(kind="field_changed").count() == 1


def test_a_field_does_not_take_the_place_of_a_name(at_olga, demo):
    at_olga.post(f"{SETTINGS}/fields/new/", {"name": "Name", "on": "customer", "kind": "text"})

    assert demo.custom_fields.get().key == "name_2"
