"""What django-allauth asks of an account."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as current
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from answerable.workspaces import letters
from answerable.workspaces.entrance import limits, log
from answerable.workspaces.models import SignIn, User

# What is said after an act; of signing in and out the page itself tells.
SAYINGS = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("There are new recovery codes."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("All other sessions are ended."),
}

JUST_NOW = 300


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """E-mail and password, behind counted tries; no account without an invitation."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "too_many_login_attempts": _(
            "That was tried too often. Wait a quarter of an hour, or sign in with a passkey."
        ),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is wrong, or was used before."),
        "invalid_password_reset": _("This link does not work any more."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Nobody makes an account of their own accord (T076)."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only a path of this very site (T079)."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        return log.address_of(request)

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: Any = None, **kwargs: Any
    ) -> None:
        template = kwargs.get("message_template") or (args[0] if args else "")
        if words := message or SAYINGS.get(str(template)):
            messages.add_message(request, level, str(words))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        email = str(credentials.get("email") or "")
        self._counted = limits.for_password(email, log.address_of(request))
        if not limits.take_all(self._counted):
            log.note(request, User.of_address(email), SignIn.Outcome.LOCKED, "password")
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        for limit in self._counted:
            limit.give_back()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = User.of_address(str(credentials.get("email") or ""))
        log.note(request, user, SignIn.Outcome.REFUSED, "password")

    def reauthenticate(self, user: User, password: str) -> bool:
        again = self.authenticate(current.request, email=user.email, password=password)
        return again is not None and again.pk == user.pk

    def is_reauthentication_required(self, **_about: Any) -> bool:
        """Not of somebody who has signed in within the last five minutes."""
        records = get_authentication_records(current.request, current.request.user)
        return not records or time.time() - records[-1]["at"] > JUST_NOW

    def login(self, request: HttpRequest, user: User) -> None:
        method = log.method_of(get_authentication_records(request, user))
        super().login(request, user)
        log.note(request, user, SignIn.Outcome.SIGNED_IN, method)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            log.note(request, request.user, SignIn.Outcome.SIGNED_OUT)
        super().logout(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, token = key.partition("-")
        return reverse("account_reset_password_from_key", args=[uid, token])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Reset mails, equally many whether there is an account or not (T072)."""
        if not limits.take_all(limits.for_reset(email, log.address_of(current.request))):
            return
        if template_prefix == "account/email/password_reset_key":
            letters.send_reset(context["user"], context["password_reset_url"])
        elif template_prefix == "account/email/unknown_account":
            letters.send_no_account(email)

    def send_notification_mail(
        self, template_prefix: str, user: User, *_particulars: Any, **_more: Any
    ) -> None:
        ip = log.address_of(current.request)
        if template_prefix == "account/email/password_reset":
            log.note(current.request, user, SignIn.Outcome.PASSWORD_RESET, "reset link")
        if template_prefix in letters.CHANGES:
            letters.send_change(user, template_prefix, ip)
