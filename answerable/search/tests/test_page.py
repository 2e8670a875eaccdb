import pytest

from answerable.kit.readers import read_all
from answerable.search.query import parse
from answerable.search.snippet import snippet
from tests.world import ask


@pytest.fixture
def found(client, broken_lamp):
    read_all()

    def by(member, typed):
        client.force_login(member.user)
        slug = member.workspace.slug
        return client.get(f"/w/{slug}/search", {"q": typed}).content.decode()

    return by


def test_what_was_found_is_shown_with_its_words_marked(found, ada):
    page = found(ada, "light")

    assert "Broken lamp" in page
    assert "<mark>light</mark>" in page


def test_T036_an_outsider_is_shown_nothing(found, ada, bo, mallory):
    assert "Broken lamp" in found(ada, "lamp")
    assert "Broken lamp" not in found(bo, "lamp")
    assert "Broken lamp" not in found(mallory, "lamp")


def test_T009_T013_hits_in_hostile_words_stay_words(found, support, ada):
    ask(support, "eve@evil.example", "Eve", "x", 'pwn"><img src=x onerror=light()>')
    read_all()

    page = found(ada, "light pwn")

    assert "<img src=x" not in page
    assert "<mark>pwn</mark>&#34;&gt;" in page


def test_nothing_found_says_what_to_do(found, ada):
    assert "Try fewer words" in found(ada, "unicorn")


def test_a_snippet_is_short_and_begins_near_the_hit():
    pieces = snippet("word " * 200 + "needle in it", parse("needle"))

    assert ("needle", True) in pieces
    assert len("".join(text for text, _ in pieces)) < 200


def test_the_page_asks_few_questions(found, client, ada, support, django_assert_max_num_queries):
    for number in range(30):
        ask(support, f"c{number}@customer.example", f"C{number}", f"Lamp {number}", "dark")
    read_all()
    client.force_login(ada.user)
    client.get("/w/demo/search", {"q": "lamp"})

    with django_assert_max_num_queries(19):
        client.get("/w/demo/search", {"q": "lamp"})
