"""Readers of the event log, with the product's own events."""

import pytest

from answerable.kit import readers
from answerable.kit.models import ReaderCursor
from answerable.kit.readers import EventReader, read_all

HERE = "answerable.kit.tests.test_readers"
READ: list[int] = []


def remember(events):
    READ.extend(event.number for event in events)


def stumble_over_the_second(events):
    for event in events:
        if event.number == 2:
            raise ValueError("The second cannot be read.")
    remember(events)


@pytest.fixture(autouse=True)
def nothing_read(settings):
    settings.EVENT_READERS = [f"{HERE}.remember"]
    READ.clear()


def test_a_reader_reads_every_event_once_and_in_order(broken_lamp, ada):
    read_all()
    broken_lamp.resolve(by=ada)
    broken_lamp.reopen(by=ada)

    read_all()
    read_all()

    assert list(broken_lamp.events.values_list("number", flat=True)) == READ


def test_each_workspace_has_its_own_cursor(broken_lamp, other_matter):
    read_all()

    cursors = ReaderCursor.objects.values_list("workspace_id", flat=True)
    assert {*cursors} == {broken_lamp.workspace_id, other_matter.workspace_id}


def test_a_reader_that_fails_is_put_off_with_the_reason(broken_lamp, ada):
    broken_lamp.resolve(by=ada)
    reader = EventReader(f"{HERE}.stumble_over_the_second")

    reader.catch_up()

    cursor = ReaderCursor.objects.get()
    assert (cursor.number, cursor.attempts) == (0, 1)
    assert cursor.last_error == "ValueError: The second cannot be read."
    assert cursor.failing_since


def test_after_a_failure_the_event_is_named_exactly(broken_lamp, ada):
    broken_lamp.resolve(by=ada)
    reader = EventReader(f"{HERE}.stumble_over_the_second")
    reader.catch_up()
    for _ in range(4):
        ReaderCursor.objects.update(next_at=None)
        reader.catch_up()

    [stuck] = ReaderCursor.objects.stuck()
    assert stuck.number == 1


def test_one_that_is_stuck_stops_no_other(broken_lamp, settings):
    settings.EVENT_READERS = [f"{HERE}.stumble_over_the_second", f"{HERE}.remember"]

    read_all()
    broken_lamp.reopen(by=None)
    read_all()

    assert broken_lamp.events.last().number in READ


def test_events_that_were_erased_are_passed_over(broken_lamp, ada):
    broken_lamp.resolve(by=ada)
    broken_lamp.events.all().delete()

    read_all()

    assert readers.readers()[0].behind() == []


def test_a_job_is_given_out_once(broken_lamp):
    [reader] = readers.readers()

    [job] = reader.take(5)

    assert reader.take(5) == []
    assert job.do()
    assert READ
