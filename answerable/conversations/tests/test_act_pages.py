import pytest

from answerable.conversations.models import Tag
from answerable.workspaces.models import Team

HERE = "/w/demo/conversations/1"


@pytest.mark.parametrize(
    ("noun", "shelf", "back"),
    [
        ("resolution", "resolved", "reopening"),
        ("spam", "spam", "no-spam"),
        ("trash", "trash", "restoration"),
    ],
)
def test_acts_and_their_opposites(at_ada, broken_lamp, noun, shelf, back):
    at_ada.post(f"{HERE}/{noun}")
    broken_lamp.refresh_from_db()
    assert broken_lamp.shelf == shelf

    at_ada.post(f"{HERE}/{back}")

    broken_lamp.refresh_from_db()
    assert broken_lamp.shelf == "open"


def test_an_act_answers_htmx_with_what_it_changed_and_a_way_back(htmx, broken_lamp):
    html = htmx.post(f"{HERE}/resolution?list=open").content.decode()

    assert 'id="header"' in html
    assert 'id="thread"' in html
    assert 'id="row-1"' in html
    assert "/conversations/1/undoing" in html


def test_without_htmx_the_page_comes_again(at_ada, broken_lamp):
    assert at_ada.post(f"{HERE}/resolution")["Location"] == HERE


@pytest.mark.parametrize(
    ("noun", "data"),
    [
        ("resolution", {}),
        ("snooze", {"until": "tomorrow"}),
        ("snooze", {"until": "answer"}),
        ("assignment", {"member": "me"}),
        ("priority", {"priority": "4"}),
        ("subject", {"subject": "Lamp"}),
        ("spam", {}),
        ("trash", {}),
        ("tags", {"name": "billing"}),
    ],
)
def test_every_act_can_be_undone(at_ada, broken_lamp, noun, data):
    shown = ("shelf", "category", "assignee_id", "priority", "subject")
    before = [getattr(broken_lamp, name) for name in shown]
    at_ada.post(f"{HERE}/{noun}", data)
    broken_lamp.refresh_from_db()

    at_ada.post(f"{HERE}/undoing", {"event": broken_lamp.last_number})

    broken_lamp.refresh_from_db()
    after = [getattr(broken_lamp, name) for name in shown]
    assert after[0] == before[0]
    assert after[2:] == before[2:]
    assert not broken_lamp.tags.exists()


def test_nobody_undoes_the_act_of_another(at_ada, olga, broken_lamp):
    broken_lamp.resolve(by=olga)

    at_ada.post(f"{HERE}/undoing", {"event": broken_lamp.last_number})

    broken_lamp.refresh_from_db()
    assert broken_lamp.shelf == "resolved"


def test_a_moment_that_is_over_is_refused_in_words(htmx, broken_lamp):
    html = htmx.post(f"{HERE}/snooze", {"moment": "2001-01-01T10:00"}).content.decode()

    assert "That moment is over" in html


def test_who_may_not_see_it_is_not_given_it(htmx, bo, broken_lamp):
    html = htmx.post(f"{HERE}/assignment", {"member": bo.pk}).content.decode()

    broken_lamp.refresh_from_db()
    assert broken_lamp.assignee is None
    assert "no access" in html


def test_a_new_tag_is_made_once(at_ada, broken_lamp):
    at_ada.post(f"{HERE}/tags", {"name": "Billing"})
    at_ada.post(f"{HERE}/tags", {"name": "billing"})

    assert [tag.name for tag in Tag.objects.all()] == ["Billing"]


def test_a_team_takes_it(at_ada, broken_lamp):
    team = Team.objects.get(name="Support")

    at_ada.post(f"{HERE}/team", {"team": team.pk})

    broken_lamp.refresh_from_db()
    assert broken_lamp.team == team


@pytest.mark.parametrize("kind", ["assignment", "team", "priority", "tags", "snooze", "status"])
def test_choices_come_as_a_menu_and_as_a_page(at_ada, htmx, broken_lamp, kind):
    assert "<nav" in at_ada.get(f"{HERE}/choices/{kind}").content.decode()
    assert "<nav" not in htmx.get(f"{HERE}/choices/{kind}").content.decode()


@pytest.mark.parametrize("member", ["bo", "mallory"])
@pytest.mark.parametrize(
    "noun",
    [
        "",
        "/thread",
        "/header",
        "/customer",
        "/choices/tags",
        "/resolution",
        "/replies",
        "/notes",
        "/drafts/reply",
        "/drafts/reply/files",
        "/undoing",
        "/tags",
        "/reading",
        "/customer/fields",
    ],
)
def test_the_door_is_shut_to_outsiders(request, enter, broken_lamp, member, noun):
    client = enter(request.getfixturevalue(member))

    assert client.get(HERE + noun).status_code in {404, 405}
    assert client.post(HERE + noun).status_code in {404, 405}
