import pytest

from answerable.conversations.models import Macro, Message, Note
from answerable.conversations.words import Words
from tests.world import ask

HERE = "/w/demo/conversations/1"


@pytest.fixture
def replacing(ada) -> Macro:
    heavy = ada.workspace.tags.create(name="heavy")
    acts = [{"act": "stand", "value": "resolve"}, {"act": "tag", "value": str(heavy.pk)}]
    return Macro.objects.create(
        workspace=ada.workspace,
        name="Replace",
        text="Dear {{ customer.name }}, a new one is coming.",
        note="Replaced.",
        acts=acts,
    )


def run(browser, macro, conversation):
    way = f"{HERE}/macros/{macro.pk}"
    return browser.post(way, {"seen": conversation.last_message_number})


def test_what_it_will_do_is_shown_and_nothing_is_done(at_ada, broken_lamp, replacing):
    html = at_ada.get(f"{HERE}/macros/{replacing.pk}").content.decode()

    for words in ("Dear Carl, a new one", "Replaced.", "Tag: heavy", "Resolve"):
        assert words in html
    assert not Message.objects.filter(kind="out").exists()


def test_it_does_all_of_it(at_ada, broken_lamp, replacing):
    run(at_ada, replacing, broken_lamp)

    broken_lamp.refresh_from_db()
    assert broken_lamp.shelf == "resolved"
    assert Message.objects.get(kind="out").new_text == "Dear Carl, a new one is coming."
    assert Note.objects.get().text == "Replaced."
    assert broken_lamp.tags.get().name == "heavy"
    assert Macro.objects.get().used == 1


def test_it_waits_if_the_customer_wrote_meanwhile(at_ada, broken_lamp, replacing, carl):
    seen = broken_lamp.last_message_number
    broken_lamp.receive(Words(sender=carl, new_text="It works!", from_name="Carl"))

    answer = at_ada.post(f"{HERE}/macros/{replacing.pk}", {"seen": seen})

    assert answer.status_code == 422
    assert not Message.objects.filter(kind="out").exists()


@pytest.mark.parametrize(
    ("then", "place"),
    [("next", "/w/demo/conversations/2"), ("list", "/w/demo/lists/open")],
)
def test_afterwards_it_leads_on(at_ada, broken_lamp, replacing, then, place):
    ask(broken_lamp.inbox, "dora@customer.example", "Dora", "Late parcel", "Where is it?")
    Macro.objects.update(then=then)

    assert run(at_ada, replacing, broken_lamp)["Location"] == place


def test_acts_that_nobody_allowed_are_not_done(at_ada, broken_lamp, replacing, mallory):
    theirs = mallory.workspace.tags.create(name="theirs")
    replacing.acts = [{"act": "delete", "value": "1"}, {"act": "tag", "value": str(theirs.pk)}]
    replacing.save()

    run(at_ada, replacing, broken_lamp)

    assert not broken_lamp.tags.exists()


def test_one_is_written_in_the_settings(at_ada, ada):
    written = {"name": "Take", "reach": "mine", "then": "stay", "assign": "me", "priority": "4"}
    at_ada.post("/w/demo/settings/macros/new/", written)

    macro = Macro.objects.get()
    assert macro.owner == ada
    assert {act["act"]: act["value"] for act in macro.acts} == {"assign": "me", "priority": "4"}


@pytest.mark.parametrize("wrong", [{}, {"text": "{{ settings.SECRET_KEY }}"}])
def test_T113_one_that_does_nothing_or_asks_for_more_is_refused(at_ada, wrong):
    written = {"name": "Bad", "reach": "mine", "then": "stay"} | wrong

    assert at_ada.post("/w/demo/settings/macros/new/", written).status_code == 422
    assert not Macro.objects.exists()
