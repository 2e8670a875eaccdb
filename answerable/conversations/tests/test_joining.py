import pytest

from answerable.conversations.models import Event, Link
from answerable.conversations.models.joining import CannotJoin
from answerable.kit.readers import read_all
from answerable.search.find import find
from tests.world import ask


@pytest.fixture
def red_lamp(support):
    """Carl's second conversation about the same thing."""
    return ask(support, "carl@customer.example", "Carl", "Also the red one", "It is dark too.")


def test_merging_brings_the_words_together_in_their_order(broken_lamp, red_lamp, ada):
    broken_lamp.reply("Try the switch.", by=ada)

    red_lamp.merge_into(broken_lamp, by=ada)

    said = list(broken_lamp.messages.order_by("number").values_list("new_text", flat=True))
    assert said == ["It does not light.", "It is dark too.", "Try the switch."]
    assert (red_lamp.shelf, red_lamp.merged_into) == ("merged", broken_lamp)
    broken_lamp.refresh_from_db()
    assert broken_lamp.message_count == 3


def test_a_merge_can_be_taken_back(broken_lamp, red_lamp, ada):
    red_lamp.merge_into(broken_lamp, by=ada)
    since = broken_lamp.reply("Both, then.", by=ada)

    merged = broken_lamp.events.get(kind=Event.Kind.MERGED)
    broken_lamp.unmerge(merged, by=ada)

    red_lamp.refresh_from_db()
    assert (red_lamp.shelf, red_lamp.merged_into) == ("open", None)
    assert red_lamp.messages.get().new_text == "It is dark too."
    assert since in broken_lamp.messages.all()


def test_what_is_half_written_comes_along(broken_lamp, red_lamp, ada):
    for conversation, text in ((broken_lamp, "Here."), (red_lamp, "There.")):
        conversation.drafts.create(workspace=ada.workspace, member=ada, text=text)

    red_lamp.merge_into(broken_lamp, by=ada)

    assert broken_lamp.drafts.get().text == "Here.\n\nThere."


def test_nothing_is_merged_into_itself_or_twice(broken_lamp, red_lamp, ada):
    with pytest.raises(CannotJoin):
        broken_lamp.merge_into(broken_lamp, by=ada)
    red_lamp.merge_into(broken_lamp, by=ada)

    with pytest.raises(CannotJoin):
        red_lamp.merge_into(broken_lamp, by=ada)


def test_T036_nothing_is_merged_across_workspaces(broken_lamp, other_matter, olga):
    with pytest.raises(CannotJoin):
        broken_lamp.merge_into(other_matter, by=olga)


def test_splitting_moves_what_was_chosen(broken_lamp, red_lamp, ada):
    red_lamp.merge_into(broken_lamp, by=ada)
    about_red = broken_lamp.messages.get(new_text="It is dark too.")

    new = broken_lamp.split([about_red], "The red lamp", by=ada)

    assert list(new.messages.all()) == [about_red]
    assert broken_lamp.messages.count() == 1
    assert new.requester == broken_lamp.requester
    assert new.links.get().kind == Link.Kind.SPLIT


def test_a_conversation_is_never_split_empty(broken_lamp, ada):
    with pytest.raises(CannotJoin):
        broken_lamp.split(list(broken_lamp.messages.all()), "All", by=ada)


def test_a_link_is_seen_by_those_who_see_both_ends(broken_lamp, red_lamp, ada, bo):
    broken_lamp.link(Link.Kind.RELATED, other=red_lamp, by=ada)
    broken_lamp.link(Link.Kind.RELATED, other=red_lamp, by=ada)

    assert Link.objects.visible_to(ada).count() == 1
    assert not Link.objects.visible_to(bo).exists()


def test_what_was_merged_is_found_where_it_went(broken_lamp, red_lamp, ada):
    read_all()
    red_lamp.merge_into(broken_lamp, by=ada)
    read_all()

    assert find(ada, "dark").conversations == [broken_lamp.pk]
