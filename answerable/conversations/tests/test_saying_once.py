"""R15: a form that is sent again says nothing twice."""

import re

import pytest

from answerable.conversations.models import Conversation, Draft, Message, Note

HERE = "/w/demo/conversations/1"
REPLY = {"text": "A new one is on its way.", "once": "reply-1"}


def test_r15_each_composer_has_a_key_of_its_own(at_ada, broken_lamp):
    first, second = (at_ada.get(HERE).content.decode() for _ in range(2))

    keys = [re.findall(r'name="once" value="([^"]+)"', page) for page in (first, second)]
    assert len({*keys[0], *keys[1]}) == 4


@pytest.mark.parametrize("kind", ["replies", "notes"])
def test_r15_sent_again_it_is_said_once_and_shown(htmx, broken_lamp, kind):
    answers = [htmx.post(f"{HERE}/{kind}", REPLY) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert all(REPLY["text"] in answer.content.decode() for answer in answers)
    assert Message.objects.filter(kind="out").count() + Note.objects.count() == 1


def test_r15_a_repeat_is_no_news_to_its_sender(htmx, broken_lamp):
    seen = broken_lamp.last_message_number
    answers = [htmx.post(f"{HERE}/replies", {**REPLY, "seen": seen}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("kind", ["replies", "notes"])
def test_r15_other_words_with_the_same_key_are_refused_and_kept(htmx, broken_lamp, kind):
    htmx.post(f"{HERE}/{kind}", REPLY)

    refused = htmx.post(f"{HERE}/{kind}", {**REPLY, "text": "Or two."})

    assert refused.status_code == 409
    assert "with other words" in refused.content.decode()
    assert Draft.objects.get().text == "Or two."
    assert Message.objects.filter(kind="out").count() + Note.objects.count() == 1


def test_r15_other_words_can_be_sent_as_well(htmx, broken_lamp):
    htmx.post(f"{HERE}/replies", REPLY)
    refused = htmx.post(f"{HERE}/replies", {**REPLY, "text": "Or two."}).content.decode()
    key = re.search(r'name="once" value="(reply-[^"]+)"', refused)[1]

    htmx.post(f"{HERE}/replies", {"text": "Or two.", "once": key})

    assert [message.new_text for message in Message.objects.filter(kind="out")] == [
        REPLY["text"],
        "Or two.",
    ]


def test_r15_a_repeat_leaves_the_next_draft_alone(htmx, broken_lamp):
    htmx.post(f"{HERE}/replies", REPLY)
    htmx.post(f"{HERE}/drafts/reply", {"text": "And then"})

    htmx.post(f"{HERE}/replies", REPLY)

    assert Draft.objects.get().text == "And then"


def test_r15_the_key_of_another_member_is_another_key(enter, ada, olga, broken_lamp):
    for member in (ada, olga):
        enter(member).post(f"{HERE}/replies", REPLY)

    assert Message.objects.filter(kind="out").count() == 2


def test_r15_a_new_conversation_is_begun_once(at_ada, support):
    words = {"to": "new@customer.example", "subject": "Recall", "text": "Hello", "once": "new-1"}

    words["inbox"] = support.pk
    answers = [at_ada.post("/w/demo/conversations/new", words) for _ in range(2)]

    assert {answer["Location"] for answer in answers} == {"/w/demo/conversations/1"}
    assert Conversation.objects.count() == 1
