import pytest

from answerable.kit.readers import read_all
from answerable.search.find import find
from answerable.search.models import Passage
from answerable.search.query import parse
from tests.world import ask, inbox_of


@pytest.fixture
def found(broken_lamp):
    read_all()

    def by(member, typed):
        return find(member, typed).conversations

    return by


def test_a_word_finds_its_conversation(found, broken_lamp, ada):
    assert found(ada, "light") == [broken_lamp.pk]
    assert found(ada, "LAMP broken") == [broken_lamp.pk]
    assert found(ada, "carl@customer.example") == [broken_lamp.pk]
    assert found(ada, "parcel") == []


def test_the_word_being_typed_is_a_beginning(found, broken_lamp, ada):
    assert found(ada, "lig") == [broken_lamp.pk]
    assert found(ada, '"lig"') == []


def test_a_phrase_stands_side_by_side(found, broken_lamp, ada):
    assert found(ada, '"does not light"') == [broken_lamp.pk]
    assert found(ada, '"light does"') == []


def test_T036_outsiders_find_nothing(found, broken_lamp, bo, mallory, ada):
    assert found(ada, "lamp")
    assert found(bo, "lamp") == []
    assert found(mallory, "lamp") == []


def test_a_scope_that_somebody_writes_opens_nothing(broken_lamp, other_matter, mallory, ada):
    other_matter.note(f"w{broken_lamp.workspace_id} i{broken_lamp.inbox_id} secret", by=mallory)
    read_all()

    assert find(ada, "secret").conversations == []


def test_what_is_not_indexed_yet_is_found_too(broken_lamp, ada):
    assert not Passage.objects.exists()

    assert find(ada, "light").conversations == [broken_lamp.pk]


def test_reading_twice_finds_once(broken_lamp, ada):
    read_all()
    before = Passage.objects.count()
    from answerable.search.reader import make_findable

    make_findable(list(broken_lamp.events.all()))

    assert Passage.objects.count() == before


def test_a_note_is_found_and_goes_with_its_conversation(broken_lamp, ada):
    broken_lamp.note("Ask the électricien", by=ada)
    read_all()
    assert find(ada, "electricien").conversations == [broken_lamp.pk]

    Passage.objects.all().delete()

    assert find(ada, "electricien").conversations == []


def test_scripts_without_spaces_are_found(support, ada):
    lamp = ask(support, "mei@customer.example", "Mei", "灯坏了", "我的台灯不亮了")
    read_all()

    assert find(ada, "台灯").conversations == [lamp.pk]
    assert find(ada, "灯台").conversations == []


def test_newest_first_and_page_by_page(support, ada, monkeypatch):
    monkeypatch.setattr("answerable.search.find.PAGE", 2)
    made = [ask(support, "c@customer.example", "C", f"Lamp {n}", "dark").pk for n in range(5)]
    read_all()

    first = find(ada, "lamp")
    second = find(ada, "lamp", before=first.next_before)

    assert first.conversations == [made[4], made[3]]
    assert second.conversations == [made[2], made[1]]


@pytest.mark.parametrize(
    "typed", ['"', "***", "a OR b", "scope:w1", "' & |", ":A", "\0", "NEAR(a b)"]
)
def test_T058_nothing_typed_is_syntax(broken_lamp, ada, typed):
    read_all()

    find(ada, typed)


def test_a_query_is_bounded():
    assert len(parse("word " * 500).terms) <= 12


def test_an_inbox_without_access_stays_shut_in_the_index(broken_lamp, ada):
    hidden = inbox_of(ada.workspace, "Board", "board@demo.example")
    ask(hidden, "eve@customer.example", "Eve", "Merger", "confidential")
    read_all()

    assert find(ada, "confidential").conversations == []
