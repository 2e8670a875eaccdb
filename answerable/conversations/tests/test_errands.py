from datetime import timedelta

import pytest
from django.utils import timezone

from answerable.conversations import errands as steps
from answerable.conversations.models import Conversation, Errand, ReadMarker, Status, Tag, View
from answerable.kit.due import work_off
from answerable.workspaces.models import Team

HERE = "/w/demo/errands/"


@pytest.fixture
def many(support, broken_lamp) -> list[int]:
    """The keys of sixty open conversations."""
    Conversation.objects.bulk_create(
        Conversation(
            workspace=support.workspace,
            inbox=support,
            requester=broken_lamp.requester,
            number=1000 + each,
            subject=f"Matter {each}",
        )
        for each in range(59)
    )
    return list(Conversation.objects.order_by("pk").values_list("pk", flat=True))


def words(pks) -> str:
    return ",".join(map(str, pks))


def shelves(pks) -> set[str]:
    return set(Conversation.objects.filter(pk__in=pks).values_list("shelf", flat=True))


def test_a_few_are_done_at_once_and_taken_back(htmx, many, ada):
    few = many[:3]

    html = htmx.post(HERE, {"act": "resolve", "chosen": words(few), "list": "open"})

    assert shelves(few) == {"resolved"}
    assert html.content.decode().count('id="row-') == 3
    errand = Errand.objects.get()
    assert f"/errands/{errand.pk}/undoing" in html.content.decode()
    htmx.post(f"{HERE}{errand.pk}/undoing")
    assert shelves(few) == {"open"}


def test_many_are_done_by_a_worker_with_progress_and_taken_back(htmx, many):
    html = htmx.post(HERE, {"act": "resolve", "chosen": words(many)}).content.decode()
    assert "<progress" in html
    assert shelves(many) == {"open"}

    work_off(Errand)

    errand = Errand.objects.get()
    assert (errand.state, errand.done, errand.skipped) == ("done", 60, 0)
    assert shelves(many) == {"resolved"}
    assert "<progress" not in htmx.get(f"{HERE}{errand.pk}").content.decode()
    htmx.post(f"{HERE}{errand.pk}/undoing")
    work_off(Errand)
    assert shelves(many) == {"open"}


@pytest.mark.parametrize("which", ["open", "view"])
def test_all_that_match_and_no_more_than_matched_then(htmx, many, ada, support, which):
    lamps = {"all": [{"field": "subject", "is": "contains", "value": "matter"}]}
    view = View.objects.create(workspace=ada.workspace, owner=ada, name="All", conditions=lamps)
    key = view.key if which == "view" else "open"
    htmx.post(HERE, {"act": "resolve", "all": "yes", "list": key})
    view.delete()
    later = Conversation.start(support, support.conversations.first().requester, "Matter later")

    work_off(Errand)

    assert Errand.objects.get().done == (59 if which == "view" else 60)
    later.refresh_from_db()
    assert later.shelf == "open"


def test_what_its_member_may_not_see_is_left_out(htmx, many, other_matter):
    htmx.post(HERE, {"act": "trash", "chosen": words([other_matter.pk, many[0]])})

    errand = Errand.objects.get()
    assert (errand.done, errand.skipped) == (1, 1)
    other_matter.refresh_from_db()
    assert other_matter.shelf == "open"


def test_access_that_ends_meanwhile_ends_it_there(htmx, many, ada, support):
    htmx.post(HERE, {"act": "trash", "chosen": words(many)})
    support.teams.clear()

    work_off(Errand)

    assert shelves(many) == {"open"}
    assert Errand.objects.get().skipped == 60


def test_it_can_be_stopped_and_what_is_done_stays_and_can_be_taken_back(htmx, many):
    htmx.post(HERE, {"act": "resolve", "chosen": words(many)})
    errand = Errand.objects.get()
    Errand.objects.update(state="running")
    steps._step(Errand.objects.get())

    htmx.post(f"{HERE}{errand.pk}/stop")
    work_off(Errand)

    errand.refresh_from_db()
    assert (errand.state, errand.done) == ("stopped", 20)
    assert Conversation.objects.filter(shelf="resolved").count() == 20
    htmx.post(f"{HERE}{errand.pk}/undoing")
    assert shelves(many) == {"open"}


def test_a_worker_that_dies_leaves_it_to_the_next_who_does_nothing_twice(htmx, many):
    htmx.post(HERE, {"act": "resolve", "chosen": words(many)})
    Errand.objects.update(state="running", fence=7, lease_until=timezone.now() - timedelta(1))
    steps._step(Errand.objects.get())

    work_off(Errand)

    errand = Errand.objects.get()
    assert (errand.state, errand.done) == ("done", 60)
    kinds = [each.events.filter(kind="resolved").count() for each in Conversation.objects.all()]
    assert set(kinds) == {1}


def test_undoing_leaves_alone_what_a_colleague_has_changed_since(htmx, many, ada, olga):
    few = many[:2]
    htmx.post(HERE, {"act": "priority:4", "chosen": words(few)})
    changed = Conversation.objects.get(pk=few[0])
    changed.prioritise(3, by=olga)

    htmx.post(f"{HERE}{Errand.objects.get().pk}/undoing")

    assert list(Conversation.objects.filter(pk__in=few).order_by("pk").values_list("priority")) == [
        (3,),
        (2,),
    ]


@pytest.mark.parametrize("act", ["assign:me", "assign:", "snooze:tomorrow", "snooze:answer"])
def test_acts_with_a_value_and_back(htmx, many, act):
    before = Conversation.objects.get(pk=many[0])
    response = htmx.post(HERE, {"act": act, "chosen": words(many[:2])})

    errand = Errand.objects.get()
    assert response.status_code == 200
    assert errand.done == 2
    htmx.post(f"{HERE}{errand.pk}/undoing")
    after = Conversation.objects.get(pk=many[0])
    assert (after.assignee_id, after.shelf) == (before.assignee_id, before.shelf)


def test_acts_that_name_a_thing(htmx, many, ada):
    tag = Tag.objects.create(workspace=ada.workspace, name="heavy")
    status = Status.objects.create(workspace=ada.workspace, name="Carrier", category="waiting")
    team = Team.objects.get(name="Support")

    for act in (f"tag:{tag.pk}", f"status:{status.pk}", f"team:{team.pk}"):
        htmx.post(HERE, {"act": act, "chosen": words(many[:2])})

    changed = Conversation.objects.filter(tags=tag, status=status, team=team)
    assert changed.count() == 2


@pytest.mark.parametrize(
    ("act", "field"), [("star", "starred"), ("follow", "following"), ("mute", "muted")]
)
def test_marks_of_one_s_own_and_back(htmx, many, ada, act, field):
    htmx.post(HERE, {"act": act, "chosen": words(many[:2])})
    marks = ReadMarker.objects.filter(member=ada)
    assert list(marks.values_list(field, flat=True)) == [True, True]

    htmx.post(f"{HERE}{Errand.objects.get().pk}/undoing")

    assert not any(marks.values_list(field, flat=True))


@pytest.mark.parametrize(
    "form",
    [
        {"act": "resolve"},
        {"act": "erase", "chosen": "1"},
        {"act": "tag:99", "chosen": "1"},
        {"act": "priority:9", "chosen": "1"},
        {"act": "undo:1", "chosen": "1"},
        {"act": "snooze:2001-01-01T10:00", "chosen": "1"},
        {"act": "resolve", "chosen": "x,,²"},
    ],
)
def test_what_cannot_be_done_is_said_and_not_begun(htmx, many, form):
    html = htmx.post(HERE, form).content.decode()

    assert 'data-tone="wrong"' in html
    assert not Errand.objects.exists()


@pytest.mark.parametrize("noun", ["", "/stop", "/undoing"])
def test_the_errand_of_another_member_is_not_there(enter, htmx, olga, many, noun):
    htmx.post(HERE, {"act": "resolve", "chosen": words(many)})
    errand = Errand.objects.get()
    address = f"{HERE}{errand.pk}{noun}"

    client = enter(olga)
    assert client.get(address).status_code in {404, 405}
    assert client.post(address).status_code in {404, 405}

    errand.refresh_from_db()
    assert errand.state == "waiting"


def test_it_is_undone_once(htmx, many):
    htmx.post(HERE, {"act": "resolve", "chosen": words(many[:2])})
    address = f"{HERE}{Errand.objects.get().pk}/undoing"
    htmx.post(address)

    assert "cannot be undone any more" in htmx.post(address).content.decode()


@pytest.mark.parametrize("kind", ["assign", "team", "tag", "untag", "status", "snooze", "priority"])
def test_the_bar_offers_what_there_is(htmx, support, kind):
    assert htmx.get(f"{HERE}choices/{kind}").status_code == 200


def test_the_button_says_how_many_match(htmx, many):
    assert "All 60 that match" in htmx.get(f"{HERE}total?list=open").content.decode()


@pytest.mark.parametrize(
    ("word", "field"), [("star", "starred"), ("follow", "following"), ("mute", "muted")]
)
def test_marks_on_one_conversation(at_ada, broken_lamp, ada, word, field):
    at_ada.post("/w/demo/conversations/1/marks", {"mark": word})
    assert getattr(ReadMarker.objects.get(member=ada), field)

    at_ada.post("/w/demo/conversations/1/marks", {"mark": f"un{word}"})

    assert not getattr(ReadMarker.objects.get(member=ada), field)


def test_marked_unread_it_is_unread_for_me_alone(at_ada, enter, olga, broken_lamp):
    for client in (at_ada, enter(olga)):
        client.post("/w/demo/conversations/1/reading")

    at_ada.post("/w/demo/conversations/1/marks", {"mark": "unread"})

    assert "data-unread" in at_ada.get("/w/demo/lists/open").content.decode()
    assert "data-unread" not in enter(olga).get("/w/demo/lists/open").content.decode()
