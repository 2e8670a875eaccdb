import pytest

from answerable.conversations.filling import Filling, unknown_in
from answerable.conversations.models import Draft, ReplyTemplate

HERE = "/w/demo/conversations/1"
LIST = "/w/demo/settings/templates/"
WRITTEN = {"name": "Thanks", "shortcut": "thx", "text": "Thank you.", "reach": "mine"}


@pytest.fixture
def fill(broken_lamp, ada):
    broken_lamp.requester.name = "Carl Friedrich"
    return Filling(broken_lamp, ada).fill


def test_places_are_filled(fill):
    text = "Dear {{ customer.first_name }}, #{{conversation.number}}: {{ conversation.subject }}"

    assert fill(text) == "Dear Carl, #1: Broken lamp"


def test_a_place_that_is_not_known_says_something_else(fill, broken_lamp):
    broken_lamp.requester.name = ""

    assert fill('Hello {{ customer.first_name | "there" }}!') == "Hello there!"
    assert fill("Hello {{ customer.first_name }}!") == "Hello !"


@pytest.mark.parametrize(
    "code",
    [
        "{{7*7}}",
        "{{ customer.__class__ }}",
        "{{ customer.workspace.name }}",
        "{% load static %}",
        "{{ settings.SECRET_KEY }}",
        "{{ member.user.password }}",
        '{{ customer|attr:"__init__" }}',
        "{{ customer.name.upper }}",
    ],
)
def test_T113_nothing_but_the_places_is_filled(fill, code):
    assert fill(f"{code} %(x)s {{customer}}") == f"{code} %(x)s {{customer}}"
    assert unknown_in(code) == [code]


def test_T113_what_is_put_in_is_not_looked_at_again(fill, broken_lamp):
    broken_lamp.subject = "{{ member.name }}"

    assert fill("{{ conversation.subject }}") == "{{ member.name }}"


def test_T016_a_template_runs_nothing(at_ada, broken_lamp, ada):
    text = "<script>alert(1)</script>"
    ReplyTemplate.objects.create(workspace=ada.workspace, name="Bad", text=text)

    html = at_ada.get(f"{HERE}/templates").content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_one_is_written_for_oneself(at_ada, ada, olga, enter):
    at_ada.post(f"{LIST}new/", WRITTEN)

    template = ReplyTemplate.objects.get()
    assert template.owner == ada
    assert "Thanks" in at_ada.get(LIST).content.decode()
    assert "Thanks" not in enter(olga).get(LIST).content.decode()


def test_an_unknown_place_is_a_problem_told(at_ada):
    answer = at_ada.post(f"{LIST}new/", WRITTEN | {"text": "Dear {{ contact.name }}"})

    assert answer.status_code == 422
    assert "no such place" in answer.content.decode()
    assert not ReplyTemplate.objects.exists()


@pytest.mark.parametrize("reach", ["everybody", "inbox-1"])
def test_what_others_see_is_written_by_whoever_sets_up(at_ada, enter, olga, support, reach):
    reach = reach.replace("-1", f"-{support.pk}")
    refused = at_ada.post(f"{LIST}new/", WRITTEN | {"reach": reach})
    assert refused.status_code == 422

    enter(olga).post(f"{LIST}new/", WRITTEN | {"reach": reach})

    assert ReplyTemplate.objects.get().owner is None
    assert "Thanks" in at_ada.get(LIST).content.decode()


def test_what_others_see_is_not_changed_by_an_agent(at_ada, olga):
    shared = ReplyTemplate.objects.create(workspace=olga.workspace, name="Ours", text="Hi")

    assert at_ada.post(f"{LIST}{shared.pk}/", WRITTEN).status_code == 404
    assert at_ada.post(f"{LIST}{shared.pk}/removal/").status_code == 404


def test_one_is_offered_filled_and_its_use_counted(htmx, broken_lamp, ada):
    text = "Dear {{ customer.name }}"
    template = ReplyTemplate.objects.create(workspace=ada.workspace, name="Dear", text=text)

    offered = htmx.get(f"{HERE}/templates").content.decode()
    htmx.post(f"{HERE}/templates/{template.pk}")

    assert 'data-text="Dear Carl"' in offered
    template.refresh_from_db()
    assert template.used == 1


def test_without_a_script_it_goes_into_the_draft(at_ada, broken_lamp, ada):
    template = ReplyTemplate.objects.create(workspace=ada.workspace, name="Hi", text="Hello.")
    at_ada.post(f"{HERE}/drafts/reply", {"text": "First."})

    at_ada.post(f"{HERE}/templates/{template.pk}")

    assert Draft.objects.get().text == "First.\n\nHello."
