"""Signing in as people do it: in a browser, with an app's code, and with a passkey."""

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.browser import assert_accessible
from tests.running import Running
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

SETTINGS = "/w/acme/settings/"
OLGA, ADA, BO = "olga@acme.example", "ada@acme.example", "bo@acme.example"


@pytest.fixture(scope="module")
def acme(tmp_path_factory) -> Iterator[str]:
    """An installation with one workspace, reached by a name, as passkeys need it."""
    folder = tmp_path_factory.mktemp("acme")
    (folder / "password").write_text(PASSWORD)
    password = ["--password-file", str(folder / "password")]
    running = Running(folder / "data")
    running.more["SITE_URL"] = url = f"http://localhost:{running.port}"
    words = ["acme", "--name", "Acme Lamps", "--owner", OLGA, *password]
    running.command("workspace", "create", *words)
    for email in (ADA, BO):
        running.command("member", "add", "acme", email, *password)
    running.start("web")
    yield url
    running.stop()


@pytest.fixture
def site(acme, watch) -> str:
    watch.allow(acme.removeprefix("http://"))
    return acme


def enter(page, site, email) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page, site) -> None:
    page.goto(f"{site}/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")


def test_with_an_authenticator_app(page, site):
    enter(page, site, ADA)
    page.goto(f"{site}{SETTINGS}security/")
    page.get_by_role("link", name="Set up").click()
    page.get_by_text("It cannot be scanned?").click()
    secret = page.locator("code.secret").inner_text()
    assert_accessible(page)
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    assert page.locator(".codes code").count() == 10
    assert_accessible(page)

    sign_out(page, site)
    enter(page, site, ADA)
    assert_accessible(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in").click()

    page.wait_for_url("**/w/acme/**")


def test_with_a_passkey(page, site):
    with_device(page)
    enter(page, site, BO)
    page.goto(f"{site}{SETTINGS}security/")
    page.get_by_role("link", name="Add").click()
    assert_accessible(page)
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="I have kept them").click()

    sign_out(page, site)
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url("**/w/acme/**")


def test_without_a_device_the_passkey_says_what_is_wrong(page, site):
    page.goto(f"{site}/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error()) }")

    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("That did not work").wait_for()


def test_a_setting_is_found_while_typing(page, site):
    enter(page, site, OLGA)
    page.goto(f"{site}{SETTINGS}")
    page.get_by_label("Find a setting").fill("passkey")

    page.locator("#found").get_by_role("link", name="Members Who").wait_for(state="detached")
    assert page.locator("#found").get_by_role("link").count() == 1
    assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible_and_fits(new_page, site, width, scheme):
    page = new_page(viewport={"width": width, "height": 860}, color_scheme=scheme)
    enter(page, site, OLGA)
    page.wait_for_url("**/w/acme/**")

    for name in [
        "",
        "profile/",
        "security/",
        "members/",
        "teams/",
        "roles/",
        "roles/1/",
        "sign-ins/",
    ]:
        page.goto(f"{site}{SETTINGS}{name}")

        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def with_device(page) -> None:
    """A device with a passkey store that knows its owner, simulated by the browser."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    owner = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device | owner})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
