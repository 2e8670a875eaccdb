from answerable.conversations.models import Conversation, Event, Message


def test_a_team_sees_what_its_inbox_has(broken_lamp, ada, bo, olga, mallory):
    def seen_by(member):
        return list(Conversation.objects.visible_to(member))

    assert seen_by(ada) == seen_by(olga) == [broken_lamp]
    assert seen_by(bo) == seen_by(mallory) == []


def test_messages_and_events_go_by_the_same_door(broken_lamp, ada, bo, mallory):
    for model in (Message, Event):
        assert model.objects.visible_to(ada).exists()
        assert not model.objects.visible_to(bo).exists()
        assert not model.objects.visible_to(mallory).exists()
