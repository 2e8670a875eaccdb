"""R15, R24, R31: many members and mails at one conversation in the same moment.

Of each change there is an event that says what was before; so the events of one kind make a
chain, and a break in it is an update that was lost.
"""

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from answerable.channels.email.models import Delivery, Mail
from answerable.channels.email.tests.post import letter, store
from answerable.channels.email.tokens import ReplyToken
from answerable.conversations.models import Conversation, Draft, Event, Message, Note, Tag
from answerable.conversations.models.standing import SHELF_OF
from answerable.conversations.words import Words
from answerable.kit.due import work_off
from answerable.kit.secrets import keys_for
from answerable.workspaces.models import Counter
from tests.faults.crowd import TIMES, at_once

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

HERE = "/w/demo/conversations/1"
KINDS = Event.Kind


def acts_on(pk, ada, olga, carl):
    """Fifty things that people and mails do to one conversation."""
    tags = [Tag.objects.create(workspace=ada.workspace, name=f"tag {n}") for n in range(8)]
    words = Words(sender=carl, new_text="Still dark.", from_name="Carl")
    later = timezone.now() + timedelta(hours=1)
    verbs = [lambda it, tag=tag: it.tag(tag, by=ada) for tag in tags]
    verbs += [lambda it, n=n: it.set_field(f"field_{n}", n, by=ada) for n in range(8)]
    verbs += [lambda it, n=n: it.assign((ada, olga, None)[n % 3], by=olga) for n in range(8)]
    verbs += [lambda it, n=n: it.prioritise(n % 4 + 1, by=ada) for n in range(8)]
    verbs += [lambda it: it.resolve(by=ada), lambda it: it.reopen(by=olga)] * 2
    verbs += [lambda it: it.snooze(later, by=ada), lambda it: it.wake()] * 2
    verbs += [lambda it: it.mark_spam(by=ada), lambda it: it.clear_spam(by=ada)] * 2
    verbs += [lambda it: it.receive(words), lambda it: it.reply("Oh.", by=ada)]
    verbs += [lambda it: it.note("Hm.", by=olga)] * 2
    verbs += [lambda it: it.rename("Dark lamp", by=ada), lambda it: it.rename("Lamp", by=olga)]
    return [lambda verb=verb: verb(Conversation.objects.get(pk=pk)) for verb in verbs]


@pytest.mark.parametrize("round_", range(TIMES))
def test_r31_fifty_at_one_conversation_lose_nothing(round_, broken_lamp, ada, olga, carl):
    acts = acts_on(broken_lamp.pk, ada, olga, carl)
    assert len(acts) == 50

    at_once(acts)

    lamp = Conversation.objects.get(pk=broken_lamp.pk)
    assert lamp.tags.count() == 8
    assert lamp.fields == {f"field_{n}": n for n in range(8)}
    assert lamp.shelf in {SHELF_OF[lamp.category], "spam"}
    assert lamp.message_count == lamp.messages.count() == 3
    assert_whole(lamp, KINDS.ASSIGNED, lamp.assignee_id)
    assert_whole(lamp, KINDS.PRIORITISED, lamp.priority)
    assert_whole(lamp, KINDS.RENAMED, lamp.subject)
    assert_gap_free(lamp)


def assert_whole(conversation, kind, now):
    """Each event of the kind begins where the last one ended, and the last one ended here."""
    told = [event.particulars for event in conversation.events.filter(kind=kind)]
    assert all(one["to"] == two["was"] for one, two in pairwise(told))
    assert not told or told[-1]["to"] == now


def assert_gap_free(conversation):
    numbers = Event.objects.filter(workspace=conversation.workspace_id).order_by("number")
    numbers = list(numbers.values_list("number", flat=True))
    last = Counter.objects.get(workspace=conversation.workspace_id).events
    assert numbers == list(range(1, last + 1))
    assert conversation.last_number == conversation.events.latest("number").number


def test_r31_spam_that_is_cleared_while_it_is_resolved_stands_where_it_belongs(broken_lamp, ada):
    for _ in range(5 * TIMES):
        broken_lamp.reopen(by=ada)
        broken_lamp.mark_spam(by=ada)

        at_once(
            lambda verb=verb: getattr(Conversation.objects.get(pk=broken_lamp.pk), verb)(by=ada)
            for verb in ("clear_spam", "resolve", "mark_spam", "clear_spam", "reopen")
        )

        broken_lamp.refresh_from_db()
        assert broken_lamp.shelf in {SHELF_OF[broken_lamp.category], "spam"}


def entered(member):
    client = Client(headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    client.force_login(member.user)
    return client


@pytest.mark.parametrize("kind", ["replies", "notes"])
def test_r15_one_form_sent_ten_times_at_once_says_it_once(broken_lamp, ada, kind):
    clients = [entered(ada) for _ in range(10)]

    for number in range(TIMES):
        words = {"text": f"Coming {number}.", "once": f"{kind}-{number}"}
        answers = at_once(
            lambda client=client, words=words: client.post(f"{HERE}/{kind}", words)
            for client in clients
        )
        assert {answer.status_code for answer in answers} == {200}
        assert all(words["text"] in answer.content.decode() for answer in answers)

    assert Message.objects.filter(kind="out").count() + Note.objects.count() == TIMES
    assert Delivery.objects.count() == (TIMES if kind == "replies" else 0)
    assert not Draft.objects.exists()


def test_r15_one_key_with_ten_different_words_says_one_of_them(broken_lamp, ada):
    clients = [entered(ada) for _ in range(10)]

    answers = at_once(
        lambda n=n, client=client: client.post(
            f"{HERE}/replies", {"text": f"Number {n}", "once": "reply-1"}
        )
        for n, client in enumerate(clients)
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 9
    assert Message.objects.filter(kind="out").count() == 1


def test_r24_of_two_who_answer_in_the_same_second_the_second_is_told(broken_lamp, ada, olga):
    seen = broken_lamp.last_message_number
    clients = [entered(ada), entered(olga)]

    answers = at_once(
        lambda n=n, client=client: client.post(
            f"{HERE}/replies", {"text": f"Answer {n}", "seen": seen, "once": f"reply-{n}"}
        )
        for n, client in enumerate(clients)
    )

    first, second = sorted(answers, key=lambda answer: answer.status_code)
    assert (first.status_code, second.status_code) == (200, 422)
    assert Message.objects.get(kind="out").new_text in second.content.decode()
    assert Draft.objects.count() == 1


def test_r24_a_mail_that_arrives_during_a_merge_lands_in_the_target(broken_lamp, ada, carl):
    account, rounds = broken_lamp.inbox.mail_account, 3 * TIMES
    for round_ in range(rounds):
        source = Conversation.start(broken_lamp.inbox, carl.customer, "The same lamp")
        source.receive(Words(sender=carl, new_text="Me again.", from_name="Carl"))
        address = secret_address(source, account)
        for line in "abc":
            store(letter(f"Line {line}{round_}", to=address), account, recipient=address)
        merge = partial(merged, source.pk, broken_lamp.pk, ada)

        at_once([partial(work_off, Mail), partial(work_off, Mail), merge])

        assert not Mail.objects.exclude(state="filed").exists()
        assert not Message.objects.filter(conversation=source).exists()
    broken_lamp.refresh_from_db()
    assert broken_lamp.message_count == broken_lamp.messages.count() == 1 + 4 * rounds


def merged(source, target, by):
    Conversation.objects.get(pk=source).merge_into(Conversation.objects.get(pk=target), by=by)


def secret_address(conversation, account):
    """The address at which the customer answers us in this conversation."""
    token = ReplyToken(conversation.pk, conversation.participants.get().pk)
    return token.address(account.address, keys_for("mail tokens"))


def test_r31_drafts_of_two_tabs_stay_in_their_boxes(broken_lamp, ada):
    other = Conversation.start(broken_lamp.inbox, broken_lamp.requester, "Another")
    boxes = [(lamp, kind) for lamp in (broken_lamp, other) for kind in ("reply", "note")]

    at_once(
        partial(
            entered(ada).post,
            f"/w/demo/conversations/{lamp.number}/drafts/{kind}",
            {"text": f"{lamp.number} {kind}"},
        )
        for lamp, kind in boxes * 4
    )

    kept = {(draft.conversation_id, draft.kind): draft.text for draft in Draft.objects.all()}
    assert kept == {(lamp.pk, kind): f"{lamp.number} {kind}" for lamp, kind in boxes}
