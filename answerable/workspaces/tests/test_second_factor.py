"""A second factor: asked for on every way in, counted, used once, and kept by who must have one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from answerable.workspaces.entrance.second_factor import passkeys_are_possible
from tests.world import PASSWORD

CODE = "/accounts/2fa/authenticate/"


def test_t083_a_password_alone_opens_nothing(client, enter, olga, with_app):
    answer = enter(client, olga.user.email)

    assert answer.headers["Location"] == CODE
    assert "_auth_user_id" not in client.session
    assert client.get("/w/demo/settings/").status_code == 302


def test_with_the_code_one_is_in(client, enter, olga, with_app):
    enter(client, olga.user.email)

    assert client.post(CODE, {"code": with_app()}).headers["Location"] == "/"
    assert client.get("/w/demo/settings/").status_code == 200


def test_t083_a_code_opens_once(client, enter, olga, with_app):
    enter(client, olga.user.email)
    code = with_app()
    client.post(CODE, {"code": code})

    again = Client()
    enter(again, olga.user.email)

    assert b"wrong, or was used before" in again.post(CODE, {"code": code}).content


def test_t083_a_recovery_code_opens_once(client, enter, olga, with_app):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    enter(client, olga.user.email)
    client.post(CODE, {"code": code})

    again = Client()
    enter(again, olga.user.email)

    assert b"wrong, or was used before" in again.post(CODE, {"code": code}).content


@pytest.mark.django_db(transaction=True)
def test_t083_a_code_sent_many_times_at_once_opens_once(olga, with_app):
    code = with_app()
    browsers = [Client() for _number in range(6)]
    for browser in browsers:
        browser.post("/accounts/login/", {"login": olga.user.email, "password": PASSWORD})

    def attempt(browser: Client) -> bool:
        came_in = browser.post(CODE, {"code": code}).status_code == 302
        connection.close()
        return came_in

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(attempt, browsers)).count(True) == 1


def test_t073_codes_end_at_too_often(client, enter, olga, with_app):
    enter(client, olga.user.email)
    for number in range(8):
        client.post(CODE, {"code": f"{number:06}"})

    assert b"tried too often" in client.post(CODE, {"code": with_app()}).content


def test_t083_a_new_password_does_not_skip_it(client, enter, olga, with_app, last_link):
    client.post("/accounts/password/reset/", {"email": olga.user.email})
    form = client.get(last_link()).headers["Location"]
    client.post(form, {"password1": "another-long-password"})

    answer = enter(client, olga.user.email, "another-long-password")

    assert answer.headers["Location"] == CODE


def test_t083_removing_it_asks_again_who_it_is(olga_in, olga, with_app):
    answer = olga_in.post("/accounts/2fa/app/removal/")

    assert "reauthenticate" in answer.headers["Location"]
    assert Authenticator.objects.filter(user=olga.user, type="totp").exists()


def test_p65_its_secret_is_encrypted_at_rest(olga, with_app):
    from answerable.workspaces.tests.conftest import SECRET

    stored = Authenticator.objects.get(type="totp").data["secret"]

    assert SECRET not in stored


@pytest.fixture
def must(olga):
    olga.role.require_two_factor = True
    olga.role.save()


def test_who_must_have_one_is_led_to_set_it_up_before_anything_else(olga_in, must):
    assert olga_in.get("/w/demo/settings/").headers["Location"] == "/accounts/2fa/"
    assert b"Your role must use" in olga_in.get("/accounts/2fa/").content


def test_who_must_have_one_and_has_it_comes_in(olga_in, must, with_app):
    assert olga_in.get("/w/demo/settings/").status_code == 200


def test_who_must_have_one_keeps_it(client, enter, olga, must, with_app):
    enter(client, olga.user.email)
    client.post(CODE, {"code": with_app()})

    client.post("/accounts/2fa/app/removal/")

    assert Authenticator.objects.filter(user=olga.user, type="totp").exists()


def test_passkeys_need_a_name_and_a_lock(settings):
    addresses = {
        "http://127.0.0.1:8000": False,
        "http://desk.example": False,
        "http://localhost:8000": True,
        "https://desk.example": True,
        "https://[::1]": False,
    }
    for address, possible in addresses.items():
        settings.SITE_URL, settings.IS_HTTPS = address, address.startswith("https")

        assert passkeys_are_possible() is possible, address
