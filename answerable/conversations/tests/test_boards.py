import re

import pytest

from answerable.conversations.models import Status, View
from answerable.customers.models import CustomField
from tests.world import ask

MOST_QUERIES = 24


@pytest.fixture
def board(ada, broken_lamp, support) -> View:
    """All of Ada's, as a board."""
    ask(support, "dora@post.example", "Dora", "Late parcel", "Where is it?")
    return View.objects.create(workspace=ada.workspace, name="All", owner=ada, shape="board")


@pytest.fixture
def own(ada) -> CustomField:
    """A field of conversations that is one of a list."""
    return CustomField.objects.create(
        workspace=ada.workspace,
        on="conversation",
        key="stage",
        name="Stage",
        kind="choice",
        options=["Seen", "Sent"],
    )


def cards(html: str) -> dict[str, list[str]]:
    columns = re.split(r'data-column="', html)[1:]
    return {each.split('"')[0]: re.findall(r'id="card-(\d+)"', each) for each in columns}


def move(client, board: View, number: int, column: str):
    form = {"number": number, "column": column}
    return client.post(f"/w/demo/views/{board.pk}/moves", form).content.decode()


def test_a_board_has_columns_by_status(at_ada, board):
    html = at_ada.get(f"/w/demo/lists/{board.key}").content.decode()

    found = {"open": ["2", "1"], "waiting": [], "snoozed": [], "resolved": []}
    assert cards(html) == found
    assert 'id="row-1"' in at_ada.get(f"/w/demo/lists/{board.key}?as=list").content.decode()


@pytest.mark.parametrize("column", ["waiting", "snoozed", "resolved"])
def test_a_move_is_the_verb_and_can_be_undone(htmx, board, broken_lamp, column):
    html = move(htmx, board, 1, column)

    assert cards(html)[column] == ["1"]
    broken_lamp.refresh_from_db()
    assert broken_lamp.category == column
    form = {"number": 1, "undo": broken_lamp.last_number}
    html = htmx.post(f"/w/demo/views/{board.pk}/moves", form).content.decode()
    assert cards(html)[column] == []


def test_boards_by_priority_assignee_and_own_status(htmx, board, ada):
    status = Status.objects.create(workspace=ada.workspace, name="Carrier", category="waiting")
    for by, column in (("priority", "4"), ("assignee", str(ada.pk)), ("status", str(status.pk))):
        View.objects.update(board_by=by)

        assert cards(move(htmx, board, 1, column))[column] == ["1"]


def test_a_board_by_a_field_of_one_s_own(htmx, board, broken_lamp, own):
    View.objects.update(board_by="field:stage")

    html = move(htmx, board, 1, "is-1")

    assert cards(html) == {"none": ["2"], "is-0": [], "is-1": ["1"]}
    broken_lamp.refresh_from_db()
    assert broken_lamp.fields == {"stage": "Sent"}
    form = {"number": 1, "undo": broken_lamp.last_number}
    html = htmx.post(f"/w/demo/views/{board.pk}/moves", form).content.decode()
    assert cards(html)["none"] == ["2", "1"]


def test_nothing_is_moved_where_there_is_no_column(htmx, board):
    assert 'data-tone="wrong"' in htmx.post(f"/w/demo/views/{board.pk}/moves").content.decode()
    assert 'data-tone="wrong"' in move(htmx, board, 1, "nowhere")


def test_who_may_not_see_it_is_not_given_it(htmx, board, bo, broken_lamp):
    View.objects.update(board_by="assignee")

    html = move(htmx, board, 1, str(bo.pk))

    assert "no access" in html
    broken_lamp.refresh_from_db()
    assert broken_lamp.assignee is None


def test_the_board_of_another_and_cards_of_others_are_not_there(enter, htmx, olga, board):
    moves = f"/w/demo/views/{board.pk}/moves"
    assert enter(olga).post(moves, {"number": 1, "column": "waiting"}).status_code == 404
    assert htmx.post(moves, {"number": 77, "column": "waiting"}).status_code == 404


def test_a_board_asks_the_same_for_any_number_of_cards(
    at_ada, board, support, django_assert_max_num_queries
):
    at_ada.get(f"/w/demo/lists/{board.key}")

    with django_assert_max_num_queries(MOST_QUERIES):
        at_ada.get(f"/w/demo/lists/{board.key}")
