import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from answerable.channels.email.models import Delivery
from answerable.conversations.models import Draft, Event, Message
from answerable.conversations.models.holding import TooLate
from answerable.kit.due import work_off
from answerable.kit.readers import read_all
from answerable.search.find import find

HERE = "/w/demo/conversations/1"


@pytest.fixture(autouse=True)
def held(settings):
    settings.UNDO_SEND_SECONDS = 12


@pytest.fixture
def sent(at_ada, broken_lamp) -> Message:
    file = SimpleUploadedFile("lamp.txt", b"bright", "text/plain")
    at_ada.post(f"{HERE}/drafts/reply/files", {"files": file})
    words = {"text": "On its way.", "to": "carl@customer.example", "cc": "eve@else.example"}
    at_ada.post(f"{HERE}/replies", words)
    return Message.objects.get(kind="out")


def test_an_answer_is_held_before_it_leaves(sent):
    work_off(Delivery)

    assert {delivery.state for delivery in sent.deliveries.all()} == {"planned"}


def test_what_is_taken_back_is_in_the_draft_exactly(at_ada, sent, broken_lamp):
    at_ada.post(f"{HERE}/messages/{sent.pk}/unsending")

    draft = Draft.objects.get()
    assert (draft.text, draft.to) == ("On its way.", ["carl@customer.example"])
    assert draft.cc == ["eve@else.example"]
    assert draft.attachments.get().name == "lamp.txt"
    assert not Message.objects.filter(kind="out").exists()
    assert not Delivery.objects.exists()
    assert list(broken_lamp.participants.values_list("role", flat=True)) == ["requester"]


def test_the_customer_waits_again_since_they_wrote(at_ada, sent, broken_lamp):
    at_ada.post(f"{HERE}/messages/{sent.pk}/unsending")

    broken_lamp.refresh_from_db()
    assert broken_lamp.waiting_since == broken_lamp.last_in_at
    assert (broken_lamp.message_count, broken_lamp.last_out_at) == (1, None)
    assert broken_lamp.preview == "It does not light."


def test_sent_and_resolved_is_taken_back_whole(at_ada, broken_lamp):
    at_ada.post(f"{HERE}/replies", {"text": "Done.", "then": "resolve"})

    at_ada.post(f"{HERE}/messages/{Message.objects.get(kind='out').pk}/unsending")

    broken_lamp.refresh_from_db()
    assert broken_lamp.shelf == "open"


def test_words_begun_since_stay_below(at_ada, sent):
    at_ada.post(f"{HERE}/drafts/reply", {"text": "P.S."})

    at_ada.post(f"{HERE}/messages/{sent.pk}/unsending")

    assert Draft.objects.get().text == "On its way.\n\nP.S."


def test_what_has_begun_to_leave_stays_sent(ada, sent, broken_lamp):
    Delivery.objects.filter(recipient="eve@else.example").update(attempts=1)

    with pytest.raises(TooLate):
        broken_lamp.unsend(sent, by=ada)

    assert Message.objects.filter(pk=sent.pk).exists()
    assert not Delivery.objects.filter(next_at=None).exists()


def test_T040_nobody_else_takes_it_back(enter, olga, sent):
    answer = enter(olga).post(f"{HERE}/messages/{sent.pk}/unsending")

    assert answer.status_code == 403
    assert sent.deliveries.count() == 2
    assert "Take it back" not in enter(olga).get(HERE).content.decode()


def test_the_bar_and_the_page_offer_it(htmx, at_ada, broken_lamp):
    bar = htmx.post(f"{HERE}/replies", {"text": "Here."}).content.decode()

    way = f"{HERE}/messages/{Message.objects.get(kind='out').pk}/unsending"
    assert way in bar
    assert way in at_ada.get(HERE).content.decode()


def test_what_was_taken_back_is_told_and_not_found(at_ada, ada, sent):
    read_all()
    at_ada.post(f"{HERE}/messages/{sent.pk}/unsending")
    read_all()

    assert Event.objects.filter(kind="unsent", member=ada).exists()
    assert "took a reply back" in at_ada.get(HERE).content.decode()
    assert not find(ada, "way").conversations
