import pytest

from answerable.conversations.models import Draft
from answerable.conversations.timeline import PAGE
from answerable.conversations.words import Enclosed, Words

MOST_QUERIES = 12


@pytest.fixture
def address():
    return "/w/demo/conversations/1"


def html_of(response) -> str:
    return response.content.decode()


def test_words_notes_and_happenings_stand_in_order(at_ada, ada, broken_lamp, address):
    broken_lamp.assign(ada, by=ada, because="round robin")
    broken_lamp.note("We have two left.", by=ada)
    broken_lamp.reply("A new one is on its way.", by=ada)

    html = html_of(at_ada.get(address))

    places = [
        html.index(words)
        for words in (
            "It does not light.",
            "took this",
            "because: round robin",
            "We have two left.",
            "A new one is on its way.",
        )
    ]
    assert places == sorted(places)


def test_the_queries_of_a_conversation_do_not_grow(
    at_ada, ada, broken_lamp, address, django_assert_max_num_queries
):
    for each in range(20):
        broken_lamp.note(f"Note {each}", by=ada)
        broken_lamp.reply(f"Word {each}", by=ada)
    broken_lamp.assign(ada, by=ada)
    at_ada.post(f"{address}/drafts/reply", {"text": "Dear Carl"})

    with django_assert_max_num_queries(MOST_QUERIES):
        assert at_ada.get(address).status_code == 200


def test_the_customers_pane_is_as_frugal(
    at_ada, broken_lamp, address, django_assert_max_num_queries
):
    at_ada.get(address)

    with django_assert_max_num_queries(MOST_QUERIES):
        html = html_of(at_ada.get(f"{address}/customer"))

    assert "carl@customer.example" in html


def test_a_long_thread_shows_its_end_and_offers_the_rest(at_ada, ada, broken_lamp, address):
    for each in range(PAGE + 5):
        broken_lamp.note(f"Note {each}.", by=ada)

    html = html_of(at_ada.get(address))

    assert "It does not light." not in html
    assert "?before=" in html
    assert "It does not light." in html_of(at_ada.get(f"{address}/thread?before=8"))


def test_htmx_gets_the_conversation_without_the_desk(htmx, broken_lamp, address):
    html = html_of(htmx.get(address, headers={"HX-Target": "section#conversation"}))

    assert html.lstrip().startswith("<div")
    assert "<nav" not in html


def test_why_a_message_is_here_is_told(at_ada, broken_lamp, carl, address):
    broken_lamp.receive(
        Words(
            sender=carl,
            new_text="Still dark.",
            from_name="Carl",
            verification="token",
            verification_reason="it answers our own mail",
            joined_because="it names our answer of Monday",
        )
    )

    html = html_of(at_ada.get(address))

    assert "it answers our own mail" in html
    assert "it names our answer of Monday" in html


def test_an_html_body_is_a_frame_that_can_do_nothing(at_ada, broken_lamp, carl, address):
    body = '<p onclick="x()">Hi</p><img src="cid:lamp">'
    message = broken_lamp.receive(
        Words(
            sender=carl,
            new_text="Hi",
            html=body,
            files=(Enclosed("lamp.png", PNG, "image/png", content_id="<lamp>"),),
        )
    )

    page = html_of(at_ada.get(address))
    frame = at_ada.get(f"/w/demo/messages/{message.pk}/body")

    assert body not in page
    assert "allow-same-origin" not in page
    assert "allow-scripts" not in page
    policy = frame["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "data:image/png;base64," in html_of(frame)


def test_pictures_from_elsewhere_come_only_when_asked_for_and_through_us(
    client, at_ada, broken_lamp, carl, address
):
    body = '<p>Hi</p><img data-remote-src="https://tracker.example/p?u=1&amp;c=2">'
    message = broken_lamp.receive(Words(sender=carl, new_text="Hi", html=body))
    frame = f"/w/demo/messages/{message.pk}/body"

    assert "Load them" in html_of(at_ada.get(address))
    assert " src=" not in html_of(at_ada.get(frame))
    loaded = html_of(at_ada.get(f"{frame}?pictures"))
    assert ' src="/w/demo/pictures/' in loaded
    assert "https:" not in at_ada.get(f"{frame}?pictures")["Content-Security-Policy"]
    assert client.get("/w/demo/pictures/forged").status_code == 404


def test_a_file_is_something_to_save(at_ada, broken_lamp, carl):
    evil = Enclosed('"><svg onload=alert(1)>.html', b"<script>alert(1)</script>", "text/html")
    message = broken_lamp.receive(Words(sender=carl, new_text="See", files=(evil,)))
    file = message.attachments.get()

    response = at_ada.get(f"/w/demo/attachments/{file.pk}?disposition=inline")

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_small_picture_is_made_anew_and_nothing_else_is_one(at_ada, broken_lamp, carl):
    files = (
        Enclosed("lamp.png", PNG, "image/png"),
        Enclosed("evil.png", b"<svg onload=alert(1)>", "image/png"),
    )
    message = broken_lamp.receive(Words(sender=carl, new_text="See", files=files))
    good, evil = message.attachments.all()

    assert at_ada.get(f"/w/demo/attachments/{good.pk}?small").content.startswith(b"RIFF")
    assert at_ada.get(f"/w/demo/attachments/{evil.pk}?small").status_code == 404


def test_a_draft_is_kept_and_comes_back(at_ada, ada, broken_lamp, address):
    at_ada.post(f"{address}/drafts/reply", {"text": "Dear Carl,", "to": "carl@customer.example"})

    assert Draft.objects.get().member == ada
    assert "Dear Carl," in html_of(at_ada.get(address))


def test_an_empty_draft_is_no_draft(at_ada, broken_lamp, address):
    at_ada.post(f"{address}/drafts/note", {"text": "x"})
    at_ada.post(f"{address}/drafts/note", {"text": " "})

    assert not Draft.objects.exists()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63"
    "64f8cf500f0003860180347da5a50000000049454e44ae426082"
)
