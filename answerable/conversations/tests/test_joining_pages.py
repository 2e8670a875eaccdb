import pytest

from answerable.conversations.models import Conversation, Event, Link
from answerable.customers.models import Block
from tests.world import ask, inbox_of

HERE = "/w/demo/conversations/1"


@pytest.fixture
def red_lamp(broken_lamp, support):
    """Carl's second conversation about the same thing."""
    return ask(support, "carl@customer.example", "Carl", "Also the red one", "It is dark too.")


@pytest.fixture
def for_sales(bo):
    """A conversation that Ada must not see."""
    inbox = inbox_of(bo.workspace, "Sales", "sales@demo.example")
    inbox.members.add(bo)
    return ask(inbox, "carl@customer.example", "Carl", "An offer", "How much?")


def test_the_customers_other_ones_are_offered(at_ada, broken_lamp, red_lamp, for_sales):
    html = at_ada.get(f"{HERE}/merging").content.decode()

    assert "Also the red one" in html
    assert "An offer" not in html


@pytest.mark.parametrize("words", ["2", "#2", "red ONE"])
def test_another_is_found_by_number_and_by_words(at_ada, red_lamp, words):
    html = at_ada.get(f"{HERE}/merging", {"q": words}).content.decode()

    assert "Also the red one" in html


def test_the_older_one_stays_unless_asked_otherwise(at_ada, red_lamp):
    plainly = at_ada.get(f"{HERE}/merging?with=2").content.decode()
    turned = at_ada.get(f"{HERE}/merging?with=2&stays=2").content.decode()

    assert "Merge #2 into #1?" in plainly
    assert "Merge #1 into #2?" in turned


def test_a_merged_number_leads_to_where_it_went(at_ada, red_lamp):
    at_ada.post("/w/demo/conversations/2/merging", {"into": "1"})

    response = at_ada.get("/w/demo/conversations/2", follow=True)

    html = response.content.decode()
    assert response.redirect_chain == [(HERE, 302)]
    assert "#2 was merged into this one." in html
    assert "merged #2 into this" in html


def test_a_merge_is_offered_to_be_undone_and_is(at_ada, red_lamp):
    shown = at_ada.post("/w/demo/conversations/2/merging", {"into": "1"}, follow=True)
    event = Event.objects.get(kind="merged", particulars__source=red_lamp.pk)
    assert f'name="event" value="{event.number}"' in shown.content.decode()

    at_ada.post(f"{HERE}/undoing", {"event": event.number})

    red_lamp.refresh_from_db()
    assert red_lamp.merged_into is None
    assert "Take the merge back" not in at_ada.get(HERE).content.decode()


def test_a_colleague_takes_the_merge_back_on_its_line(enter, olga, at_ada, red_lamp):
    at_ada.post("/w/demo/conversations/2/merging", {"into": "1"})
    assert "Take the merge back" in enter(olga).get(HERE).content.decode()

    number = Event.objects.get(kind="merged", particulars__source=red_lamp.pk).number
    enter(olga).post(f"{HERE}/undoing", {"event": number})

    red_lamp.refresh_from_db()
    assert red_lamp.merged_into is None


def test_T052_nothing_unseen_is_merged_or_linked(at_ada, broken_lamp, for_sales):
    merged = at_ada.post(f"{HERE}/merging", {"into": for_sales.number})
    at_ada.post(f"{HERE}/links", {"kind": "related", "other": for_sales.number})

    assert merged.status_code == 404
    assert not Link.objects.exists()


def test_T052_a_merged_number_is_no_way_into_what_one_may_not_see(at_ada, red_lamp, for_sales, bo):
    red_lamp.merge_into(for_sales, by=bo)

    response = at_ada.get("/w/demo/conversations/2")

    assert response.status_code == 200
    assert "How much?" not in response.content.decode()
    assert "An offer" not in response.content.decode()


def test_words_written_for_a_merged_number_go_where_it_went(at_ada, red_lamp, broken_lamp, ada):
    red_lamp.merge_into(broken_lamp, by=ada)

    at_ada.post("/w/demo/conversations/2/replies", {"text": "Both are coming."})

    assert broken_lamp.messages.get(kind="out").new_text == "Both are coming."


def test_chosen_messages_are_split_off_and_brought_back(at_ada, broken_lamp, carl, ada):
    broken_lamp.reply("We look into it.", by=ada)
    first = broken_lamp.messages.order_by("number").first()

    shown = at_ada.post(
        f"{HERE}/splitting", {"messages": first.pk, "subject": "The lamp"}, follow=True
    )

    new = Conversation.objects.get(subject="The lamp")
    assert new.messages.get() == first
    assert shown.redirect_chain[0][0].startswith(new.get_absolute_url())
    at_ada.post(f"{new.get_absolute_url()}/undoing", {"event": new.events.get(kind="split").number})
    assert broken_lamp.messages.count() == 2


def test_not_everything_is_split_off(at_ada, broken_lamp):
    everything = broken_lamp.messages.get().pk

    response = at_ada.post(f"{HERE}/splitting", {"messages": everything, "subject": "All"})

    assert response.status_code == 422
    assert "leave at least one here" in response.content.decode()


def test_links_are_seen_from_both_ends_and_cut_from_either(at_ada, broken_lamp, red_lamp):
    at_ada.post(f"{HERE}/links", {"kind": "parent", "other": "2"})

    here = at_ada.get(f"{HERE}/customer").content.decode()
    there = at_ada.get("/w/demo/conversations/2/customer").content.decode()
    assert "is part of" in here
    assert "has the part" in there
    at_ada.post(f"/w/demo/conversations/2/links/{Link.objects.get().pk}/removal")
    assert not Link.objects.exists()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "tracker", "ftp://tracker.example"])
def test_a_link_leads_to_a_page(at_ada, broken_lamp, address):
    response = at_ada.post(f"{HERE}/links", {"address": address})

    assert response.status_code == 422
    assert not Link.objects.exists()


def test_a_sender_is_blocked_and_let_in_again(at_ada, broken_lamp):
    at_ada.post(f"{HERE}/blocking", {"kind": "domain"})
    assert Block.objects.stop(broken_lamp.workspace_id, "Eve@Customer.Example")
    broken_lamp.refresh_from_db()
    assert broken_lamp.shelf == "spam"

    at_ada.post(f"{HERE}/blocking", {"kind": "nobody"})

    assert not Block.objects.exists()


def test_a_domain_that_half_the_world_shares_is_not_blocked(at_ada, support):
    ask(support, "carl@gmail.com", "Carl", "Lamp", "Broken.")

    at_ada.post(f"{HERE}/blocking", {"kind": "domain"})

    assert not Block.objects.exists()
