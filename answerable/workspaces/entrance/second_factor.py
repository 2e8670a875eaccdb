"""What django-allauth asks of a second factor, and codes that are counted and work once."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter as account
from allauth.core import context as current
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answerable.kit.secrets import seal, unseal
from answerable.workspaces.entrance import limits, log
from answerable.workspaces.models import Member, SignIn, User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are encrypted at rest; passkeys belong to the address the operator set."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is wrong, or was used before."),
        "cannot_delete_authenticator": _(
            "Your role must use a second factor: add another before you remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who must use a second factor keeps one."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists() or not must_have(authenticator.user)

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count()
        return (
            gettext("Passkey %(number)s") % {"number": number + 1} if number else gettext("Passkey")
        )

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": str(urlsplit(settings.SITE_URL).hostname), "name": "Answerable"}


def must_have(user: User) -> bool:
    """Whether one of their roles says that they must use a second factor."""
    found = Member.objects.filter(user=user, active=True, role__require_two_factor=True)
    return found.exists()


def has_one(user: User) -> bool:
    return bool(is_mfa_enabled(user, FACTORS))


def factors_of(user: User) -> list[Authenticator]:
    """All that they have, recovery codes too, oldest first."""
    return list(Authenticator.objects.filter(user=user).order_by("created_at"))


def passkeys_are_possible() -> bool:
    """A browser keeps them only for a name (not a number), and only over HTTPS or on localhost."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(settings.IS_HTTPS or host == "localhost" or host.endswith(".localhost"))
    return False


class CountedCode:
    """A code is counted before it is looked at (T073), and lets in once (T083)."""

    user: User
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        if not limits.for_code(self.user).take():
            log.note(current.request, self.user, SignIn.Outcome.LOCKED, "second factor")
            raise account().validation_error("too_many_login_attempts")
        written = normalize_user_code(str(self.cleaned_data["code"]))
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            log.note(current.request, self.user, SignIn.Outcome.REFUSED, "second factor")
            raise
        if not limits.once_for_code(self.user, written).take():
            raise account().validation_error("incorrect_code")
        limits.for_code(self.user).give_back()
        return code


class AuthenticateForm(CountedCode, forms.AuthenticateForm):  # type: ignore[misc]
    """The code asked for when signing in."""


class ReauthenticateForm(CountedCode, forms.ReauthenticateForm):  # type: ignore[misc]
    """The code asked for before something that matters."""
