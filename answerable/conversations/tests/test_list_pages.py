import re
from datetime import timedelta

import pytest
from django.utils import timezone

from answerable.conversations.counting import capped_counts
from answerable.conversations.models import Conversation, Tag
from answerable.workspaces.models import Team
from tests.world import ask

LISTS = ["mine", "unassigned", "mentions", "open", "snoozed", "resolved", "spam", "trash"]
MOST_QUERIES = 12


def rows_in(response) -> list[str]:
    return re.findall(r'id="row-(\d+)"', response.content.decode())


def fill(support, count: int) -> None:
    first = ask(support, "dora@customer.example", "Dora", "Many", "The first.")
    start = timezone.now() - timedelta(days=1)
    Conversation.objects.bulk_create(
        Conversation(
            workspace=support.workspace,
            inbox=support,
            requester=first.requester,
            number=1000 + each,
            subject=f"Matter {each}",
            # Two at each moment, so that the cursor must tell them apart.
            last_activity_at=start - timedelta(minutes=each // 2),
        )
        for each in range(count)
    )


@pytest.mark.parametrize("key", LISTS)
def test_every_list_opens_empty_and_says_what_will_appear(at_ada, support, key):
    response = at_ada.get(f"/w/demo/lists/{key}")

    assert response.status_code == 200
    assert 'class="empty"' in response.content.decode()


def test_a_conversation_moves_from_list_to_list(at_ada, ada, broken_lamp):
    assert rows_in(at_ada.get("/w/demo/lists/unassigned")) == ["1"]

    broken_lamp.assign(ada, by=ada)

    assert rows_in(at_ada.get("/w/demo/lists/unassigned")) == []
    assert rows_in(at_ada.get("/w/demo/lists/mine")) == ["1"]


def test_lists_of_a_team_and_of_a_tag(at_ada, ada, broken_lamp):
    team = Team.objects.get(name="Support")
    tag = Tag.objects.create(workspace=ada.workspace, name="billing")
    broken_lamp.assign_team(team, by=ada)
    broken_lamp.tag(tag, by=ada)

    assert rows_in(at_ada.get(f"/w/demo/lists/team-{team.pk}")) == ["1"]
    assert rows_in(at_ada.get(f"/w/demo/lists/tag-{tag.pk}")) == ["1"]


@pytest.mark.parametrize("key", ["team-999", "tag-x", "nonsense", "team-99999999999999999999999"])
def test_a_list_that_is_not_there_is_not_found(at_ada, support, key):
    assert at_ada.get(f"/w/demo/lists/{key}").status_code == 404


def test_the_queries_of_a_list_do_not_grow(
    at_ada, support, broken_lamp, django_assert_max_num_queries
):
    fill(support, 120)
    at_ada.get("/w/demo/lists/open")

    with django_assert_max_num_queries(MOST_QUERIES):
        response = at_ada.get("/w/demo/lists/open")

    assert len(rows_in(response)) == 50


def test_pages_follow_each_other_without_gap_or_repetition(at_ada, support):
    fill(support, 120)
    seen, address = [], "/w/demo/lists/open/rows"

    while address:
        response = at_ada.get(address)
        seen += rows_in(response)
        more = re.search(r'href="([^"]+after=[^"]+)"', response.content.decode())
        address = more.group(1) if more else ""

    assert len(seen) == len(set(seen)) == 121


def test_certain_rows_are_given_for_an_update_in_place(at_ada, broken_lamp, other_matter):
    pks = f"{broken_lamp.pk},{other_matter.pk},x"
    response = at_ada.get(f"/w/demo/lists/open/rows?pks={pks}")

    assert rows_in(response) == ["1"]


def test_unread_is_personal_and_goes_by_reading(at_ada, enter, olga, broken_lamp):
    assert "data-unread" in at_ada.get("/w/demo/lists/open").content.decode()

    at_ada.post("/w/demo/conversations/1/reading")

    assert "data-unread" not in at_ada.get("/w/demo/lists/open").content.decode()
    assert "data-unread" in enter(olga).get("/w/demo/lists/open").content.decode()


def test_bo_sees_an_empty_list(enter, bo, broken_lamp):
    assert rows_in(enter(bo).get("/w/demo/lists/open")) == []


def test_counts_stop_where_they_are_shown_to(support):
    fill(support, 1100)

    counts = capped_counts({"all": Conversation.objects.all(), "none": Conversation.objects.none()})

    assert counts == {"all": 1000, "none": 0}


def test_the_desk_begins_at_mine(at_ada, support):
    assert at_ada.get("/w/demo/")["Location"] == "/w/demo/lists/mine"


@pytest.mark.parametrize("key", ["mine", "mentions", "open", "team", "tag"])
def test_a_full_page_of_any_list_asks_at_most_twelve_times(
    at_ada, ada, support, key, django_assert_max_num_queries
):
    fill(support, 60)
    team, tag = Team.objects.get(name="Support"), Tag.objects.create(workspace=ada.workspace)
    Conversation.objects.update(assignee=ada, team=team)
    for each in Conversation.objects.all():
        each.tags.add(tag)
        note = each.notes.create(workspace=ada.workspace, text="Look", member=ada)
        note.mentions.create(workspace=ada.workspace, conversation=each, member=ada)
    key = {"team": f"team-{team.pk}", "tag": f"tag-{tag.pk}"}.get(key, key)
    at_ada.get(f"/w/demo/lists/{key}")

    with django_assert_max_num_queries(MOST_QUERIES):
        response = at_ada.get(f"/w/demo/lists/{key}")

    assert len(rows_in(response)) == 50
