from datetime import timedelta

import pytest
from django.utils import timezone

from answerable.conversations.clock import send_waiting
from answerable.conversations.models import Draft, Event, Message
from answerable.conversations.words import Words

HERE = "/w/demo/conversations/1"


@pytest.fixture
def waiting(at_ada, broken_lamp) -> Draft:
    at_ada.post(f"{HERE}/replies", {"text": "Good morning.", "later": "tomorrow"})
    return Draft.objects.get()


@pytest.fixture
def due(waiting) -> Draft:
    waiting.send_at = timezone.now() - timedelta(seconds=1)
    waiting.save()
    return waiting


def test_it_waits_and_everybody_sees_that_it_does(waiting, enter, olga):
    html = enter(olga).get(HERE).content.decode()

    assert waiting.send_at > timezone.now()
    assert not Message.objects.filter(kind="out").exists()
    assert "Good morning." in html
    assert "Send now" not in html


def test_it_is_sent_once_when_its_time_has_come(due):
    send_waiting()
    send_waiting()

    assert Message.objects.get(kind="out").new_text == "Good morning."
    assert not Draft.objects.exists()


def test_it_is_not_sent_before(waiting):
    send_waiting()

    assert not Message.objects.filter(kind="out").exists()


def test_of_two_clocks_at_once_one_sends(due, broken_lamp):
    as_the_other_sees_it = Draft.objects.get()
    broken_lamp.send_waiting(due)

    assert broken_lamp.send_waiting(as_the_other_sees_it) is None
    assert Message.objects.filter(kind="out").count() == 1


def test_it_goes_back_when_the_customer_writes_first(waiting, broken_lamp, carl):
    broken_lamp.receive(Words(sender=carl, new_text="It works!", from_name="Carl"))

    waiting.refresh_from_db()
    assert waiting.send_at is None
    told = Event.objects.get(kind="unscheduled")
    assert told.because == "the customer wrote first"


def test_unless_it_shall_be_sent_all_the_same(at_ada, broken_lamp, carl):
    words = {"text": "Good morning.", "later": "tomorrow", "even": "on"}
    at_ada.post(f"{HERE}/replies", words)

    broken_lamp.receive(Words(sender=carl, new_text="It works!", from_name="Carl"))

    assert Draft.objects.get().send_at


def test_it_is_edited_and_sent_at_once(at_ada, waiting):
    at_ada.post(f"{HERE}/waiting/{waiting.pk}/draft")
    assert "Good morning.</textarea>" in at_ada.get(HERE).content.decode()

    at_ada.post(f"{HERE}/replies", {"text": "Good evening."})

    assert Message.objects.get(kind="out").new_text == "Good evening."


def test_it_is_sent_now_after_all(at_ada, waiting):
    at_ada.post(f"{HERE}/waiting/{waiting.pk}/replies")

    assert Message.objects.get(kind="out").new_text == "Good morning."


@pytest.mark.parametrize("way", ["draft", "replies"])
def test_T040_nobody_else_changes_it(enter, olga, waiting, way):
    answer = enter(olga).post(f"{HERE}/waiting/{waiting.pk}/{way}")

    assert answer.status_code == 404
    assert Draft.objects.get().send_at


def test_an_open_page_does_not_change_what_waits(at_ada, waiting):
    at_ada.post(f"{HERE}/drafts/reply", {"text": "Half of"})

    assert Draft.objects.get().text == "Good morning."


def test_whoever_has_left_sends_nothing_any_more(due, ada):
    ada.active = False
    ada.save()

    send_waiting()

    assert not Message.objects.filter(kind="out").exists()
    assert Event.objects.get(kind="unscheduled").because


@pytest.mark.parametrize("moment", ["2001-01-01T09:00", "soon", ""])
def test_it_is_sent_at_a_moment_that_lies_ahead(htmx, broken_lamp, moment):
    words = {"text": "Hello.", "later": "moment", "moment": moment}

    answer = htmx.post(f"{HERE}/replies", words)

    assert answer.status_code == 422
    assert not Draft.objects.exclude(send_at=None).exists()


@pytest.mark.parametrize("text", ["I attached the bill.", "Die Rechnung ist im Anhang."])
def test_a_forgotten_file_is_asked_about_once(htmx, broken_lamp, text):
    asked = htmx.post(f"{HERE}/replies", {"text": text})
    assert asked.status_code == 422
    assert "You write of a file" in asked.content.decode()

    htmx.post(f"{HERE}/replies", {"text": text, "sure": "on"})

    assert Message.objects.filter(kind="out").exists()


def test_a_file_that_somebody_else_wrote_of_is_not_asked_about(htmx, broken_lamp):
    htmx.post(f"{HERE}/replies", {"text": "> I attached it\nThank you."})

    assert Message.objects.filter(kind="out").exists()
