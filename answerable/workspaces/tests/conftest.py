import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from answerable.workspaces.models import Notice
from tests.world import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What the cache remembers of an earlier test: codes that were used."""
    cache.clear()


@pytest.fixture
def enter():
    """Sign in by the form, as a person does; the answer to it."""

    def _enter(client: Client, email: str, password: str = PASSWORD, **more):
        return client.post("/accounts/login/", {"login": email, "password": password}, **more)

    return _enter


@pytest.fixture
def olga_in(olga) -> Client:
    """The browser of Olga, who is signed in."""
    client = Client()
    client.force_login(olga.user)
    return client


@pytest.fixture
def ada_in(ada) -> Client:
    client = Client()
    client.force_login(ada.user)
    return client


@pytest.fixture
def with_app(olga):
    """Olga has an authenticator app; the code it shows now."""
    TOTP.activate(olga.user, SECRET)
    RecoveryCodes.activate(olga.user)
    return code_now


@pytest.fixture
def last_link(db):
    """The link in the last mail that was written."""

    def _last_link() -> str:
        text = Notice.objects.latest("pk").text
        found = next(word for word in text.split() if word.startswith(settings.SITE_URL))
        return found.removeprefix(settings.SITE_URL)

    return _last_link


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


@pytest.fixture
def time_machine_later():
    """`with time_machine_later(hours=1):` it is then."""

    def _later(**ahead):
        return time_machine.travel(timezone.now() + timedelta(**ahead), tick=True)

    return _later
