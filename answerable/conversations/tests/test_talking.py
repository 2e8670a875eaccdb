from answerable.conversations.models import Event


def test_an_answer_is_planned_for_whoever_asked(broken_lamp, ada):
    message = broken_lamp.reply("Try the switch.", by=ada)

    assert message.to == ["carl@customer.example"]
    assert [d.recipient for d in message.deliveries.all()] == ["carl@customer.example"]
    assert message.delivery == "planned"


def test_an_answer_ends_the_waiting(broken_lamp, ada):
    assert broken_lamp.waiting_since

    broken_lamp.reply("Try the switch.", by=ada)

    broken_lamp.refresh_from_db()
    assert broken_lamp.waiting_since is None
    assert broken_lamp.first_out_at


def test_events_are_numbered_without_gaps(broken_lamp, ada):
    broken_lamp.reply("Try the switch.", by=ada)
    broken_lamp.resolve(by=ada)

    numbers = list(Event.objects.values_list("number", flat=True))

    assert numbers == list(range(1, len(numbers) + 1))


def test_P61_a_card_number_is_never_stored(broken_lamp, ada):
    note = broken_lamp.note("Card 4242 4242 4242 4242 it was", by=ada)

    assert "4242 4242 4242" not in note.text
    assert note.masked == 1


def test_T050_who_may_not_see_it_is_not_mentioned(broken_lamp, ada, bo):
    note = broken_lamp.note("@Bo have a look", by=ada, mentions=[bo])

    assert not note.mentions.exists()
