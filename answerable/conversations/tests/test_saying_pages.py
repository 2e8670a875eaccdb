import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from answerable.conversations.models import Attachment, Draft, Message, Note
from answerable.conversations.words import Words

HERE = "/w/demo/conversations/1"


def test_a_reply_is_sent_and_its_draft_is_gone(at_ada, broken_lamp):
    at_ada.post(f"{HERE}/drafts/reply", {"text": "A new"})

    at_ada.post(
        f"{HERE}/replies",
        {"text": "A new one is on its way.", "to": "Carl <carl@customer.example>"},
    )

    message = Message.objects.get(kind="out")
    assert message.new_text == "A new one is on its way."
    assert message.to == ["carl@customer.example"]
    assert not Draft.objects.exists()


def test_send_and_resolve_is_one_act(at_ada, broken_lamp):
    at_ada.post(f"{HERE}/replies", {"text": "Done.", "then": "resolve"})

    broken_lamp.refresh_from_db()
    assert broken_lamp.shelf == "resolved"


def test_a_customer_who_wrote_meanwhile_is_read_first(htmx, broken_lamp, carl):
    seen = broken_lamp.last_message_number
    broken_lamp.receive(Words(sender=carl, new_text="It works after all!", from_name="Carl"))

    response = htmx.post(f"{HERE}/replies", {"text": "A new one is coming.", "seen": seen})

    html = response.content.decode()
    assert response.status_code == 422
    assert "It works after all!" in html
    assert "A new one is coming." in html
    assert not Message.objects.filter(kind="out").exists()


def test_and_then_it_can_be_sent_anyway(htmx, broken_lamp, carl):
    seen = broken_lamp.last_message_number
    broken_lamp.receive(Words(sender=carl, new_text="Hello?", from_name="Carl"))

    htmx.post(f"{HERE}/replies", {"text": "Here.", "seen": seen, "anyway": "on"})

    assert Message.objects.filter(kind="out").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": " "}, "nothing written"),
        ({"text": "x", "to": "nobody"}, "is not an address"),
        ({"text": "x", "alias": "boss@bank.example"}, "cannot send from that address"),
    ],
)
def test_what_cannot_be_sent_is_kept_and_explained(htmx, broken_lamp, data, words):
    response = htmx.post(f"{HERE}/replies", data)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Message.objects.filter(kind="out").exists()


def test_a_note_calls_a_colleague_who_may_see_it(at_ada, olga, bo, broken_lamp):
    at_ada.post(f"{HERE}/notes", {"text": "@Olga and @Bo, look please"})

    note = Note.objects.get()
    assert [mention.member for mention in note.mentions.all()] == [olga]


def test_a_file_waits_in_the_draft_and_leaves_with_the_reply(at_ada, broken_lamp):
    file = SimpleUploadedFile("lamp.txt", b"bright", "text/plain")
    at_ada.post(f"{HERE}/drafts/reply/files", {"files": file})
    assert Attachment.objects.get().draft

    at_ada.post(f"{HERE}/replies", {"text": "See the file."})

    attachment = Attachment.objects.get()
    assert attachment.draft is None
    assert attachment.message == Message.objects.get(kind="out")


def test_a_file_is_taken_out_again(at_ada, broken_lamp):
    file = SimpleUploadedFile("lamp.txt", b"bright", "text/plain")
    at_ada.post(f"{HERE}/drafts/note/files", {"files": file})

    at_ada.post(f"{HERE}/files/{Attachment.objects.get().pk}/removal")

    assert not Attachment.objects.exists()


def test_a_file_of_another_is_not_found(at_ada, enter, olga, broken_lamp):
    file = SimpleUploadedFile("lamp.txt", b"bright", "text/plain")
    enter(olga).post(f"{HERE}/drafts/note/files", {"files": file})

    response = at_ada.post(f"{HERE}/files/{Attachment.objects.get().pk}/removal")

    assert response.status_code == 404


def test_a_new_conversation_begins_with_our_words(at_ada, ada, support):
    response = at_ada.post(
        "/w/demo/conversations/new",
        {"inbox": support.pk, "to": "new@customer.example", "subject": "Recall", "text": "Hello"},
    )

    assert response["Location"] == "/w/demo/conversations/1"
    message = Message.objects.get()
    assert message.to == ["new@customer.example"]
    assert message.conversation.assignee == ada


def test_a_new_conversation_needs_somebody(at_ada, support):
    response = at_ada.post(
        "/w/demo/conversations/new", {"inbox": support.pk, "subject": "Recall", "text": "Hello"}
    )

    assert response.status_code == 422
    assert "Who is it for?" in response.content.decode()


def test_the_customers_facts_are_changed_in_place(at_ada, broken_lamp):
    at_ada.post(f"{HERE}/customer/fields", {"field": "job_title", "value": "Electrician"})
    at_ada.post(f"{HERE}/customer/fields", {"field": "blocked", "value": "on"})

    broken_lamp.requester.refresh_from_db()
    assert broken_lamp.requester.job_title == "Electrician"
    assert not broken_lamp.requester.blocked
