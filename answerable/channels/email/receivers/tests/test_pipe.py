"""`answerable take-in`, as a mail server calls it."""

import io
import json

import pytest

from answerable.channels.email import store
from answerable.channels.email.models import Mail
from answerable.channels.email.receivers.pipe import Pipe, contents
from answerable.channels.email.tests.holding import held_by_another

RAW = b"From: Carl <carl@customer.example>\nSubject: Lamp\n\nIt is broken.\n"


@pytest.fixture
def take(support):
    """Takes what is given, and returns the status, what was printed, and what was complained."""

    def run(*names, stdin=RAW, inbox="support@demo.example", wait=False):
        out, errors = io.StringIO(), io.StringIO()
        pipe = Pipe(inbox, wait=wait, out=out, errors=errors)
        status = pipe.take(contents(names, io.BytesIO(stdin)))
        return status, [json.loads(line) for line in out.getvalue().splitlines()], errors.getvalue()

    return run


def test_standard_input_is_one_mail(take):
    status, (told,), errors = take()

    row = Mail.objects.get()
    assert (status, errors, told) == (0, "", {"mail": row.pk, "state": "stored"})
    assert (bytes(row.raw), row.received_by) == (RAW, "pipe")


def test_many_files_are_many_mails(take, tmp_path):
    for n in range(5):
        (tmp_path / f"{n}.eml").write_bytes(RAW + bytes([n]))

    status, told, _ = take(*map(str, sorted(tmp_path.iterdir())))

    assert status == 0
    assert [each["mail"] for each in told] == [row.pk for row in Mail.objects.order_by("pk")]


def test_an_unknown_inbox_is_67(take):
    status, told, errors = take(inbox="who@demo.example")

    assert (status, told) == (67, [])
    assert "who@demo.example" in errors


def test_a_file_that_cannot_be_read_is_75_and_the_others_are_taken(take, tmp_path):
    good = tmp_path / "good.eml"
    good.write_bytes(RAW)

    status, told, errors = take(str(tmp_path / "none.eml"), str(good))

    assert (status, len(told)) == (75, 1)
    assert "none.eml cannot be read" in errors


@pytest.mark.parametrize("bad", [b"", b"\x00" * 50, b"\xff" * 5000, b"From:" + b"(" * 900])
def test_a_bad_mail_is_stored_all_the_same(take, bad):
    status, (told,), _ = take(stdin=bad)

    assert status == 0
    assert bytes(Mail.objects.get(pk=told["mail"]).raw) == bad


def test_the_envelope_line_of_mbox_is_left_out(take):
    take(stdin=b"From carl@customer.example Mon Jan  5 10:00:00 2026\n" + RAW)

    assert bytes(Mail.objects.get().raw) == RAW


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_held_by_others_is_75(support, take, monkeypatch):
    monkeypatch.setattr(store, "SECONDS_TO_WAIT", 0.1)
    store.hang_up()

    with held_by_another():
        status, told, errors = take()

    assert (status, told) == (75, [])
    assert "cannot be kept now" in errors


def test_with_wait_it_is_told_where_the_mail_went_and_what_was_read(take):
    status, (told,), _ = take(wait=True)

    assert status == 0
    assert (told["state"], told["conversation"]) == ("filed", 1)
    assert told["message"]["from_email"] == "carl@customer.example"
    assert told["message"]["reply_text"].strip() == "It is broken."
    assert set(told) == {"mail", "state", "reason", "conversation", "joined", "message"}


def test_the_same_mail_again_is_told_as_it_stands(take):
    take(wait=True)

    _, (told,), _ = take(wait=True)

    assert told["state"] == "filed"
    assert Mail.objects.count() == 1
