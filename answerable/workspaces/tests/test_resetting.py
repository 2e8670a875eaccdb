"""A forgotten password: one link, one hour, once, and built from no header."""

import pytest
from django.test import Client

from answerable.workspaces.models import Notice
from tests.world import PASSWORD

RESET = "/accounts/password/reset/"
NEW = "another-long-password"


@pytest.fixture
def link(client, olga, last_link) -> str:
    client.post(RESET, {"email": olga.user.email})
    return last_link()


def follow(client, link: str) -> str:
    """Where the link leads once its secret has left the address."""
    return client.get(link).headers["Location"]


def test_the_link_sets_a_new_password(client, enter, olga, link):
    client.post(follow(client, link), {"password1": NEW})

    assert enter(client, olga.user.email, NEW).status_code == 302


def test_all_sessions_end_by_it(client, ada_in, ada, last_link):
    client.post(RESET, {"email": ada.user.email})

    client.post(follow(client, last_link()), {"password1": NEW})

    assert ada_in.get("/w/demo/settings/").status_code == 302


@pytest.mark.parametrize("token", ["%25", "_", "*", "[]", "null", "", "a-b", "x" * 80])
def test_t074_no_other_token_will_do(client, link, token):
    stem = link.rpartition("/key/")[0] + "/key/" + link.rpartition("/key/")[2].split("-")[0]

    answer = client.get(f"{stem}-{token}/")

    assert answer.status_code == 404 or b"does not work any more" in answer.content


def test_t074_it_works_once(client, link):
    client.post(follow(client, link), {"password1": NEW})

    assert b"does not work any more" in Client().get(link).content


def test_t074_it_works_for_one_hour(client, link, time_machine_later):
    with time_machine_later(hours=1, seconds=5):
        assert b"does not work any more" in Client().get(link).content


def test_t074_it_is_for_one_person(client, link, ada, olga):
    own = link.replace(f"/key/{_base36(olga.user.pk)}-", f"/key/{_base36(ada.user.pk)}-")

    assert own != link
    assert b"does not work any more" in client.get(own).content


def test_t071_the_link_is_not_built_from_the_host(client, olga):
    client.post(RESET, {"email": olga.user.email}, HTTP_HOST="localhost:99")

    assert "localhost:99" not in Notice.objects.get().text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1@evil.example", "127.0.0.1.evil"])
def test_t071_an_unknown_host_is_a_bad_request(client, olga, host):
    assert client.post(RESET, {"email": olga.user.email}, HTTP_HOST=host).status_code == 400


def test_t071_a_forwarded_host_is_not_believed(client, olga):
    client.post(RESET, {"email": olga.user.email}, HTTP_X_FORWARDED_HOST="evil.example")

    assert "evil.example" not in Notice.objects.get().text


def test_t073_resets_end_at_too_often(client, olga):
    for _number in range(5):
        answer = client.post(RESET, {"email": olga.user.email})

    assert answer.status_code == 302
    assert Notice.objects.count() == 3


def test_t065_changing_it_needs_the_present_one(olga_in, olga):
    words = {"oldpassword": "wrong", "password1": NEW}

    olga_in.post("/accounts/password/change/", words)

    olga.user.refresh_from_db()
    assert olga.user.check_password(PASSWORD)


def test_t061_changing_it_ends_other_sessions_and_renews_this_one(olga_in, olga):
    elsewhere = Client()
    elsewhere.force_login(olga.user)
    before = olga_in.session.session_key

    olga_in.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW})

    assert elsewhere.get("/w/demo/settings/").status_code == 302
    assert olga_in.get("/w/demo/settings/").status_code == 200
    assert olga_in.session.session_key != before


def _base36(number: int) -> str:
    from allauth.account.utils import user_pk_to_url_str

    from answerable.workspaces.models import User

    return user_pk_to_url_str(User(pk=number))
