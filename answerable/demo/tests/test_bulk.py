import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from answerable.conversations.models import Conversation, Event, Message, Note
from answerable.demo.bulk import fill
from answerable.demo.command import demo
from answerable.demo.company import OWNER, open_shop
from answerable.demo.story import stories
from answerable.kit.models import ReaderCursor
from answerable.search.find import find
from answerable.search.models import Passage
from answerable.search.reader import make_findable
from answerable.workspaces.models import Counter, Member
from tests.world import ask

COUNT = 300


@pytest.fixture
def shop(db):
    """The demo's workspace with some hundred conversations, and no stories; its owner."""
    open_shop("demo-password")
    fill(COUNT, seed=7)
    return Member.objects.get(user__email=OWNER)


def test_the_command_adds_them_to_the_stories(db, capsys):
    demo(["--password", "demo-password", "--conversations", "5"])
    demo(["--conversations", "5"])

    assert "demo-password" in capsys.readouterr().out
    assert Conversation.objects.count() > len(list(stories())) - 3 + 10


def test_as_many_as_asked_for_with_numbers_without_a_gap(shop):
    numbers = list(Conversation.objects.order_by("number").values_list("number", flat=True))
    events = list(Event.objects.order_by("number").values_list("number", flat=True))

    assert numbers == list(range(1, COUNT + 1))
    assert events == list(range(1, len(events) + 1))
    counter = Counter.objects.get(workspace=shop.workspace)
    assert (counter.conversations, counter.events) == (len(numbers), len(events))


def test_what_a_conversation_says_of_itself_is_so(shop):
    counted = Conversation.objects.annotate(spoken=Count("messages"))
    for each in counted.order_by("-pk")[:100]:
        last = each.messages.order_by("number").last()
        assert each.spoken == each.message_count
        assert (last.number, last.created_at) == (each.last_message_number, each.last_activity_at)
        assert each.last_number == each.events.last().number
        assert each.participants.get().customer_id == each.requester_id


def test_most_are_resolved_and_none_is_from_the_future(shop):
    bulk = Conversation.objects.order_by("-pk")[:COUNT]
    shelves = [each.shelf for each in bulk]

    assert shelves.count("resolved") > 0.85 * COUNT
    assert 0 < shelves.count("open") < 0.1 * COUNT
    assert not Message.objects.filter(created_at__gt=timezone.now()).exists()


def test_they_stand_on_the_lists_and_open(shop):
    client = Client()
    client.force_login(shop.user)
    newest = Conversation.objects.filter(shelf="open").order_by("-last_activity_at")[0]

    page = client.get("/w/demo/lists/open").content.decode()

    assert f'id="row-{newest.number}"' in page
    assert client.get(newest.get_absolute_url()).status_code == 200


def test_search_finds_them_and_its_reader_would_write_the_same(shop):
    said = Message.objects.filter(kind="in").latest("pk")
    before = dict(Passage.objects.values_list("pk", "text"))

    found = find(shop, said.from_email)
    Passage.objects.filter(pk__in=before).delete()
    make_findable(list(Event.objects.order_by("number")))

    assert said.conversation_id in found.conversations
    assert sorted(before.values()) == sorted(Passage.objects.values_list("text", flat=True))


def test_readers_need_not_read_them(shop):
    head = Event.objects.latest("number").number

    seen = dict(ReaderCursor.objects.values_list("reader", "number"))

    assert seen == dict.fromkeys(settings.EVENT_READERS, head)


def test_work_goes_on_after_them(shop):
    inbox = Conversation.objects.latest("pk").inbox

    new = ask(inbox, "carl@customer.example", "Carl", "Broken lamp", "It does not light.")

    assert new.number == Conversation.objects.count()
    assert new.pk == max(Conversation.objects.values_list("pk", flat=True))


def test_the_same_seed_says_the_same(shop):
    fill(20, seed=5)
    fill(20, seed=5)

    newest = Conversation.objects.order_by("-pk")[:40]
    told = [(each.message_count, each.priority, each.inbox_id) for each in newest]

    assert told[:20] == told[20:]


def test_every_key_has_what_it_points_at(shop):
    connection.check_constraints()

    assert Note.objects.exists()
