from datetime import timedelta

from django.utils import timezone

from answerable.conversations.models import Category, Conversation
from answerable.conversations.words import Words


def test_resolving_records_who_did_it(broken_lamp, ada):
    broken_lamp.resolve(by=ada)

    assert broken_lamp.category == Category.RESOLVED
    assert broken_lamp.shelf == "resolved"
    assert broken_lamp.events.get(kind="resolved").member == ada


def test_of_two_members_at_once_one_resolves(broken_lamp, ada, olga):
    as_olga_sees_it = Conversation.objects.get(pk=broken_lamp.pk)

    broken_lamp.resolve(by=ada)
    as_olga_sees_it.resolve(by=olga)

    assert broken_lamp.events.get(kind="resolved").member == ada


def test_a_customer_who_writes_again_reopens_it(broken_lamp, ada, carl):
    broken_lamp.resolve(by=ada)

    broken_lamp.receive(Words(sender=carl, new_text="Still dark."))

    assert broken_lamp.shelf == "open"
    assert broken_lamp.events.get(kind="reopened").because == "the customer wrote"


def test_a_machine_that_writes_reopens_nothing(broken_lamp, ada, carl):
    broken_lamp.resolve(by=ada)

    broken_lamp.receive(Words(sender=carl, new_text="I am on holiday.", is_automatic=True))

    assert broken_lamp.shelf == "resolved"


def test_a_snooze_that_has_run_out_wakes(broken_lamp, ada):
    broken_lamp.snooze(timezone.now() - timedelta(seconds=1), by=ada)

    for conversation in Conversation.objects.due_to_wake():
        conversation.wake(because="the time was up")

    broken_lamp.refresh_from_db()
    assert broken_lamp.shelf == "open"


def test_spam_goes_back_where_it_was(broken_lamp, ada):
    broken_lamp.resolve(by=ada)
    broken_lamp.mark_spam(by=ada)

    broken_lamp.clear_spam(by=ada)

    assert broken_lamp.shelf == "resolved"


def test_what_is_resolved_in_the_trash_stays_there(broken_lamp, ada):
    broken_lamp.trash(by=ada)

    broken_lamp.resolve(by=ada)

    assert broken_lamp.shelf == "trash"
