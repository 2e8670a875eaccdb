"""Coming in: with the right words, not too often, and without telling who is known here."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from answerable.workspaces.models import Notice, SignIn
from tests.world import PASSWORD

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"


def test_with_address_and_password_one_is_on_the_desk(client, enter, olga):
    answer = enter(client, "OLGA@demo.example", follow=True)

    assert ("/w/demo/", 302) in answer.redirect_chain
    assert answer.status_code == 200


def test_t061_the_session_gets_a_new_id_by_signing_in(client, enter, olga):
    client.get(LOGIN)
    client.cookies["session"] = before = "planted0planted0planted0planted0"
    enter(client, olga.user.email)

    assert client.cookies["session"].value != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize("cookie", ["x" * 8000, "é", "' OR 1=1 --", "\x00\x01", "{}", "gASV."])
def test_t061_garbage_in_the_cookie_is_nobody(client, olga, cookie):
    # As it comes over the line: newer Pythons make no such cookie themselves.
    answer = client.get("/", headers={"Cookie": f"session={cookie}"})

    assert answer.headers["Location"] == LOGIN


def test_t061_signing_out_ends_the_session(olga_in):
    key = olga_in.session.session_key

    olga_in.post("/accounts/logout/")

    assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.parametrize(
    "password", ["", "wrong", PASSWORD.upper(), "true", "х" * 20, "a" * 1_000_000, "md5$x$y"]
)
def test_t065_another_password_does_not_open(client, enter, olga, password):
    answer = enter(client, olga.user.email, password)

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_t065_the_hash_is_no_password(client, enter, olga):
    assert enter(client, olga.user.email, olga.user.password).status_code == 200


def test_t059_objects_in_place_of_words_open_nothing(client, olga):
    sent = {"login[$regex]": ".*", "password[]": ["a", "b"]}

    assert client.post(LOGIN, sent).status_code == 200
    assert "_auth_user_id" not in client.session


def test_t068_a_header_from_anywhere_is_not_believed(client, olga):
    lies = {"HTTP_REMOTE_USER": olga.user.email, "HTTP_X_FORWARDED_USER": olga.user.email}

    assert client.get("/", **lies).headers["Location"] == LOGIN


def test_t068_where_one_signs_in_from_is_not_what_a_header_says(client, enter, olga):
    enter(client, olga.user.email, HTTP_X_FORWARDED_FOR="203.0.113.7")

    assert SignIn.objects.get().ip == "127.0.0.1"


PLACES = ["//evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)"]
PLACES += [
    "https://evil.example/",
    "http://127.0.0.1@evil.example/",
    "///evil.example",
    "/a\r\nX: y",
]


@pytest.mark.parametrize("place", PLACES)
def test_t079_next_leads_nowhere_else(client, olga, place):
    words = {"login": olga.user.email, "password": PASSWORD, "next": place}

    answer = client.post(LOGIN, words)

    assert answer.headers["Location"] in {"/", "/a%0D%0AX:%20y"}


def test_t079_next_leads_on_here(client, olga):
    words = {"login": olga.user.email, "password": PASSWORD, "next": "/w/demo/settings/"}

    assert client.post(LOGIN, words).headers["Location"] == "/w/demo/settings/"


def test_t072_an_unknown_address_looks_like_a_wrong_password(client, enter, olga):
    known = enter(client, olga.user.email, "wrong-password")
    unknown = enter(client, "olgx@demo.example", "wrong-password")

    assert known.status_code == unknown.status_code
    assert _plain(known, olga.user.email) == _plain(unknown, "olgx@demo.example")


def test_t072_a_reset_says_the_same_to_everybody(client, olga):
    known = client.post(RESET, {"email": olga.user.email}, follow=True)
    unknown = client.post(RESET, {"email": "olgx@demo.example"}, follow=True)

    assert _plain(known) == _plain(unknown)
    assert Notice.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_t073_of_many_wrong_passwords_at_once_few_are_looked_at(olga):
    def attempt(_number: int) -> bool:
        words = {"login": olga.user.email, "password": "wrong-password"}
        answer = Client().post(LOGIN, words)
        connection.close()
        return b"tried too often" in answer.content

    with ThreadPoolExecutor(8) as pool:
        refused = list(pool.map(attempt, range(40)))

    assert refused.count(False) == 8
    right = Client().post(LOGIN, {"login": olga.user.email, "password": PASSWORD})
    assert b"tried too often" in right.content


def test_t073_the_account_is_counted_however_it_is_written(client, enter, olga):
    for written in ["olga@demo.example", "OLGA@demo.example", " Olga@Demo.Example "] * 3:
        last = enter(client, written, "wrong-password")

    assert b"tried too often" in last.content


def test_t073_a_whole_network_is_one(client, enter, olga):
    for number in range(9):
        address = f"2001:db8:1:1::{number + 1:x}"
        last = enter(client, olga.user.email, "wrong-password", REMOTE_ADDR=address)

    assert b"tried too often" in last.content


def test_t073_another_network_is_not_shut_out_by_it(client, enter, olga):
    for _number in range(8):
        enter(client, olga.user.email, "wrong-password", REMOTE_ADDR="203.0.113.7")

    assert enter(client, olga.user.email).status_code == 302


@pytest.mark.parametrize("path", [LOGIN, RESET, "/accounts/logout/", "/invitation/"])
def test_t080_a_post_from_elsewhere_is_refused(olga, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(olga.user)

    assert client.post(path, {"login": "x", "password": "y"}).status_code == 403


def test_t080_signing_out_is_not_done_by_a_link(olga_in):
    olga_in.get("/accounts/logout/")

    assert "_auth_user_id" in olga_in.session


def test_t076_there_is_no_sign_up(client, db):
    words = {"email": "eve@evil.example", "password1": PASSWORD}

    assert client.post("/accounts/signup/", words).status_code == 405


def _plain(answer, *written: str) -> str:
    """The page without what differs each time: the token, and the address typed in."""
    text = answer.content.decode()
    for word in written:
        text = text.replace(word, "")
    return "".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)
