"""Access tokens for mailboxes that are opened with OAuth 2 (RFC 6749, section 6)."""

import threading
import time
from collections.abc import Mapping
from typing import Any, Final

from answerable.channels.email.models import MailAccount
from answerable.kit.fetch import post_form
from answerable.kit.web import NoWay

# Providers give an hour; a token that ends while it is being used is no token.
SPARE_SECONDS: Final = 120


class NoToken(Exception):
    """The provider gave no token, in words."""


class Tokens:
    """Access tokens until they expire. They are never stored."""

    def __init__(self) -> None:
        self._tokens: dict[int, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def access_token(self, account: MailAccount) -> str:
        """A token that is good for some minutes. Raises NoToken."""
        with self._lock:
            token, until = self._tokens.get(account.pk, ("", 0.0))
        if until > time.monotonic() + SPARE_SECONDS:
            return token
        answer = answer_to(account)
        token = str(answer.get("access_token") or "")
        if not token:
            raise NoToken("The provider's answer has none.")
        self._keep_new_refresh(account, str(answer.get("refresh_token") or ""))
        with self._lock:
            seconds = float(answer.get("expires_in") or 300)
            self._tokens[account.pk] = (token, time.monotonic() + seconds)
        return token

    def forget(self, account: MailAccount) -> None:
        """The mail server did not take it, whatever its time."""
        with self._lock:
            self._tokens.pop(account.pk, None)

    def _keep_new_refresh(self, account: MailAccount, refresh: str) -> None:
        """Some providers give a new refresh token each time, and the old one ends."""
        if refresh and refresh != account.oauth_refresh:
            account.oauth_refresh = refresh
            account.save(update_fields=["oauth_refresh"])


def answer_to(account: MailAccount) -> Mapping[str, Any]:
    try:
        answer = post_form(account.oauth_token_url, form_of(account))
    except NoWay as problem:
        raise NoToken(str(problem)) from problem
    return answer if isinstance(answer, dict) else {}


def form_of(account: MailAccount) -> dict[str, str]:
    if not (account.oauth_token_url and account.oauth_refresh):
        raise NoToken("The account was not connected to its provider.")
    return {
        "grant_type": "refresh_token",
        "refresh_token": account.oauth_refresh,
        "client_id": account.oauth_client,
        "client_secret": account.oauth_client_secret,
    }
