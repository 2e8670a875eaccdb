"""Mails made durable: one row for each account, one commit for many, nothing told too early."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from answerable.channels.email import store
from answerable.channels.email.arrival import Arrival, Fate
from answerable.channels.email.models import Alias, Mail, MailAccount
from answerable.channels.email.store import MailStore, hang_up, keep

from .holding import held_by_another

pytestmark = pytest.mark.django_db(transaction=True)

RAW = b"From: Carl <carl@customer.example>\r\nSubject: Lamp\r\n\r\nIt is broken.\r\n"


def arrival(*recipients, raw=RAW, **more):
    return Arrival(raw, "carl@customer.example", recipients, "smtp", "192.0.2.7", "mx", **more)


@pytest.fixture
async def running():
    """A store with its writer thread."""
    made = MailStore().start()
    yield made
    await asyncio.to_thread(made.stop)
    await sync_to_async(hang_up)()


async def put_all(running, *arrivals):
    return await asyncio.gather(*map(running.put, arrivals))


async def test_a_mail_is_a_row_with_its_bytes_and_envelope(support, running):
    (outcomes,) = await put_all(running, arrival("Support+tag@Demo.example"))

    outcome = outcomes["Support+tag@Demo.example"]
    row = await Mail.objects.aget(pk=outcome.mail)
    assert outcome.fate == Fate.STORED
    assert (bytes(row.raw), row.size, row.state) == (RAW, len(RAW), "stored")
    assert (row.mail_from, row.peer_ip, row.helo) == ("carl@customer.example", "192.0.2.7", "mx")
    assert row.workspace_id == support.workspace_id


async def test_each_recipient_has_an_outcome_and_each_account_a_row(support, other_matter, running):
    (outcomes,) = await put_all(
        running, arrival("support@demo.example", "who@demo.example", "help@other.example")
    )

    assert [each.fate for each in outcomes.values()] == ["stored", "unknown", "stored"]
    assert await Mail.objects.acount() == 2


async def test_two_addresses_of_one_account_are_one_mail(support, running):
    account = await MailAccount.objects.aget()
    await Alias.objects.acreate(
        workspace_id=account.workspace_id, account=account, address="hi@demo.example"
    )

    (outcomes,) = await put_all(running, arrival("support@demo.example", "hi+x@demo.example"))

    assert len({each.mail for each in outcomes.values()}) == 1
    assert await Mail.objects.acount() == 1


async def test_a_sender_that_comes_again_with_the_same_bytes_is_told_the_same(support, running):
    first, second = await put_all(running, *[arrival("support@demo.example")] * 2)
    (third,) = await put_all(running, arrival("support@demo.example"))

    assert first == second == third
    assert await Mail.objects.acount() == 1


async def test_an_account_that_was_given_up_takes_nothing(support, running):
    await MailAccount.objects.aupdate(active=False)

    (outcomes,) = await put_all(running, arrival("support@demo.example"))

    assert outcomes["support@demo.example"].fate == Fate.UNKNOWN


async def test_words_that_no_column_takes_are_cut_and_the_mail_is_kept(support, running):
    strange = Arrival(
        RAW, "x" * 900 + "\x00", ("support@demo.example",), "smtp", "no ip", "\x00é" * 300
    )

    (outcomes,) = await put_all(running, strange)

    row = await Mail.objects.aget()
    assert outcomes["support@demo.example"].fate == Fate.STORED
    assert (len(row.mail_from), row.peer_ip, len(row.helo)) == (320, None, 253)


async def test_a_row_that_the_database_refuses_fails_alone(support, running):
    bad = Arrival(RAW + b"bad", "a@b.example", ("support@demo.example",), "a way too long", "", "")
    mails = [arrival("support@demo.example", raw=RAW + bytes([n])) for n in range(5)]

    outcomes = await put_all(running, *mails[:2], bad, *mails[2:])

    fates = [each["support@demo.example"].fate for each in outcomes]
    expected = "stored" if connection.vendor == "sqlite" else "later"
    assert fates == ["stored", "stored", expected, "stored", "stored", "stored"]


async def test_a_database_that_is_held_by_others_means_later_in_time(support, running, monkeypatch):
    monkeypatch.setattr(store, "SECONDS_TO_WAIT", 0.2)
    with held_by_another():
        (outcomes,) = await put_all(running, arrival("support@demo.example"))
        assert outcomes["support@demo.example"].fate == Fate.LATER
    (outcomes,) = await put_all(running, arrival("support@demo.example"))
    assert outcomes["support@demo.example"].fate == Fate.STORED


def test_a_commit_of_mails_reaches_the_disk(support):
    store.write([arrival("support@demo.example")])

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
        else:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)


def test_many_mails_take_few_queries(support, django_assert_max_num_queries):
    mails = [arrival("support@demo.example", raw=RAW + bytes([n])) for n in range(30)]

    with django_assert_max_num_queries(8):
        keep(mails)
