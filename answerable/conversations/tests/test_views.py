import re

import pytest

from answerable.conversations.models import View
from answerable.workspaces.models import Team
from tests.world import ask

LAMPS = {
    "name": "Lamps",
    "who": "me",
    "order": "-last_activity_at",
    "shape": "list",
    "in_nav": "on",
    "match": "all",
    "g0-match": "all",
    "g0-c0-field": "subject",
    "g0-c0-is": "contains",
    "g0-c0-value": "lamp",
}
SUBJECT = {"all": [{"field": "subject", "is": "contains", "value": "lamp"}]}
MOST_QUERIES = 15


def rows_in(response) -> list[str]:
    return re.findall(r'id="row-(\d+)"', response.content.decode())


@pytest.fixture
def lamps(ada) -> View:
    """Ada's own view."""
    return View.objects.create(
        workspace=ada.workspace, name="Lamps", owner=ada, conditions={"all": [SUBJECT]}
    )


def test_a_view_is_made_and_its_list_holds_what_matches(at_ada, broken_lamp, support):
    ask(support, "dora@post.example", "Dora", "Late parcel", "Where is it?")

    response = at_ada.post("/w/demo/views/new", LAMPS)

    view = View.objects.get()
    assert response["Location"] == f"/w/demo/lists/view-{view.pk}"
    assert rows_in(at_ada.get(response["Location"])) == ["1"]
    assert f'id="count-view-{view.pk}">1<' in at_ada.get("/w/demo/nav").content.decode()


def test_the_builder_counts_while_one_builds(htmx, broken_lamp):
    html = htmx.post("/w/demo/views/builder", LAMPS).content.decode()
    assert "1 conversation matches" in html

    html = htmx.post("/w/demo/views/builder", LAMPS | {"g0-c0-value": "x"}).content.decode()

    assert "0 conversations match" in html


@pytest.mark.parametrize(
    ("act", "rows"), [("", 1), ("add:0", 2), ("group", 2), ("remove:0:0", 0), ("remove:9:9", 1)]
)
def test_buttons_of_the_builder(htmx, support, act, rows):
    html = htmx.post("/w/demo/views/builder", LAMPS | {"act": act}).content.decode()

    assert html.count('class="builder-row"') == rows


def test_a_change_of_field_brings_operators_that_fit(htmx, support):
    form = LAMPS | {"g0-c0-field": "priority", "g0-c0-is": "contains", "g0-c0-value": "4"}

    html = htmx.post("/w/demo/views/builder", form).content.decode()

    assert 'value="is_not"' in html
    assert 'value="contains"' not in html


def test_an_unfinished_condition_is_not_kept(at_ada, support):
    response = at_ada.post("/w/demo/views/new", LAMPS | {"g0-c0-value": ""})

    assert response.status_code == 422
    assert not View.objects.exists()


@pytest.mark.parametrize(
    ("start", "words"),
    [("list=mine", 'value="me" checked'), ("q=lamp", 'value="lamp"'), ("list=zzz", "builder")],
)
def test_a_view_begins_where_one_stands(at_ada, support, start, words):
    assert words in at_ada.get(f"/w/demo/views/new?{start}").content.decode()


def test_a_view_is_changed_copied_and_removed(at_ada, lamps):
    at_ada.post(f"/w/demo/views/{lamps.pk}", LAMPS | {"name": "All lamps"})
    at_ada.post(f"/w/demo/views/{lamps.pk}/copy")
    assert sorted(v.name for v in View.objects.all()) == ["All lamps", "All lamps (copy)"]

    at_ada.post(f"/w/demo/views/{lamps.pk}/removal")

    assert [v.name for v in View.objects.all()] == ["All lamps (copy)"]


@pytest.mark.parametrize("noun", ["", "/copy", "/removal"])
def test_a_personal_view_is_nobody_else_s(enter, olga, lamps, noun):
    client = enter(olga)

    assert client.post(f"/w/demo/views/{lamps.pk}{noun}", LAMPS).status_code == 404
    assert client.get(f"/w/demo/lists/view-{lamps.pk}").status_code == 404
    assert f"view-{lamps.pk}" not in client.get("/w/demo/views/").content.decode()


def test_a_team_s_view_is_for_the_team(enter, at_ada, bo, support):
    team = Team.objects.get(name="Support")

    at_ada.post("/w/demo/views/new", LAMPS | {"who": f"team-{team.pk}"})

    view = View.objects.get()
    assert at_ada.get(f"/w/demo/lists/view-{view.pk}").status_code == 200
    assert enter(bo).get(f"/w/demo/lists/view-{view.pk}").status_code == 404


def test_only_who_may_set_up_shares_with_everybody(enter, at_ada, olga, bo, broken_lamp):
    form = LAMPS | {"who": "everybody"}
    assert at_ada.post("/w/demo/views/new", form).status_code == 422

    enter(olga).post("/w/demo/views/new", form)

    view = View.objects.get()
    assert rows_in(at_ada.get(f"/w/demo/lists/view-{view.pk}")) == ["1"]
    assert rows_in(enter(bo).get(f"/w/demo/lists/view-{view.pk}")) == []
    assert at_ada.post(f"/w/demo/views/{view.pk}", form).status_code == 404
    assert at_ada.post(f"/w/demo/views/{view.pk}/removal").status_code == 404


def test_a_view_that_names_what_is_gone_is_empty_and_can_be_mended(at_ada, lamps, broken_lamp):
    gone = {"field": "conversation:gone", "is": "is", "value": ["x"]}
    View.objects.update(conditions={"all": [gone]})

    assert rows_in(at_ada.get(f"/w/demo/lists/view-{lamps.pk}")) == []
    assert at_ada.get(f"/w/demo/views/{lamps.pk}").status_code == 200


def pages_of(client, address: str) -> list[str]:
    """The numbers on all pages of a list, one page after the other."""
    seen = []
    while address:
        response = client.get(address)
        seen += rows_in(response)
        more = re.search(r'href="([^"]+after=[^"]+)"', response.content.decode())
        address = more.group(1) if more else ""
    return seen


@pytest.fixture
def three_lamps(support, ada, monkeypatch) -> None:
    """The second urgent and answered; each on a page of its own."""
    monkeypatch.setattr("answerable.conversations.rows.PAGE", 1)
    for each in range(3):
        ask(support, f"{each}@post.example", "Dora", f"Lamp {each}", "Where is it?")
    support.conversations.get(number=2).prioritise(4, by=ada)
    support.conversations.filter(number=2).update(waiting_since=None)


@pytest.mark.usefixtures("three_lamps")
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("-last_activity_at", "321"),
        ("last_activity_at", "123"),
        ("-created_at", "321"),
        ("created_at", "123"),
        ("waiting_since", "132"),
        ("-priority", "231"),
    ],
)
def test_orders_and_their_pages(at_ada, lamps, order, expected):
    View.objects.update(order=order)

    assert "".join(pages_of(at_ada, f"/w/demo/lists/view-{lamps.pk}/rows")) == expected


def test_views_cost_no_query_each(at_ada, ada, lamps, broken_lamp, django_assert_max_num_queries):
    for each in range(20):
        View.objects.create(
            workspace=ada.workspace, name=f"View {each}", owner=ada, conditions={"all": [SUBJECT]}
        )
    at_ada.get("/w/demo/lists/open")

    with django_assert_max_num_queries(MOST_QUERIES):
        at_ada.get(f"/w/demo/lists/view-{lamps.pk}")
