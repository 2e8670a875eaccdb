"""Mail of the installation itself: handed over once, or kept to be looked at."""

import smtplib

import pytest
from django.core import mail

from answerable.kit.due import work_off
from answerable.workspaces import letters
from answerable.workspaces.models import Notice


@pytest.fixture
def server(settings):
    settings.EMAIL_HOST = "mail.demo.example"


class Refusing:
    """A mail server that has something to say."""

    problem: Exception = smtplib.SMTPServerDisconnected("gone")

    def __init__(self, **_options):
        pass

    def send_messages(self, _messages):
        raise self.problem


def test_it_is_sent_with_a_plain_twin(server, olga):
    letters.send_welcome(olga)

    work_off(Notice)

    [sent] = mail.outbox
    assert sent.to == [olga.user.email]
    assert "/w/demo/" in sent.body
    assert "/w/demo/" in sent.alternatives[0].content


def test_without_a_mail_server_it_stays_as_would_have_been_sent(olga):
    letters.send_welcome(olga)

    work_off(Notice)

    notice = Notice.objects.get()
    assert (notice.would_have_been_sent, notice.text.startswith("Hello Olga")) == (True, True)
    assert mail.outbox == []


def test_each_try_has_the_same_message_id(server, olga):
    notice = letters.send_welcome(olga)

    ids = {notice.as_mail().message()["Message-ID"] for _try in range(2)}

    assert ids == {notice.message_id}


def test_a_server_that_is_away_is_tried_again(server, settings, olga):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    letters.send_welcome(olga)

    work_off(Notice)

    notice = Notice.objects.get()
    assert notice.next_at is not None
    assert "gone" in notice.last_error


def test_a_refusal_for_good_ends_it_with_its_reason(server, settings, olga, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    refusal = smtplib.SMTPRecipientsRefused({olga.user.email: (550, b"no such person")})
    monkeypatch.setattr(Refusing, "problem", refusal)
    letters.send_welcome(olga)

    work_off(Notice)

    notice = Notice.objects.get()
    assert notice.next_at is None
    assert "no such person" in notice.last_error


def test_t137_what_lets_somebody_in_is_not_kept_once_sent(server, client, olga):
    client.post("/accounts/password/reset/", {"email": olga.user.email})

    work_off(Notice)

    assert Notice.objects.get().text == ""
    assert "/password/reset/key/" in mail.outbox[0].body


def test_p65_its_words_are_encrypted_at_rest(olga):
    from django.db import connection

    letters.send_welcome(olga)

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM workspaces_notice")
        assert "Olga" not in cursor.fetchone()[0]
