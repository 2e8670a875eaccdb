"""Secrets: keys derived for one purpose each, and a field that is encrypted at rest."""

import base64
import hashlib
import hmac
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


def keys_for(purpose: str) -> list[bytes]:
    """32-byte keys for one purpose, the current one first, then those being rotated out.

    Derived from SECRET_KEY and SECRET_KEY_FALLBACKS by HMAC-SHA256, so that no two purposes
    share a key and a leak of one tells nothing of another.
    """
    masters = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        hmac.new(master.encode(), f"answerable:{purpose}".encode(), hashlib.sha256).digest()
        for master in masters
    ]


def seal(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises InvalidToken when no present key made it."""
    return _fernet().decrypt(sealed.encode()).decode()


def _fernet() -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(key)) for key in keys_for("secrets at rest")]
    )


class SecretField(models.TextField):  # type: ignore[type-arg]
    """A text that is encrypted in the database (Fernet: AES-128-CBC with HMAC)."""

    def get_prep_value(self, value: Any) -> Any:
        return seal(value) if value else ""

    def from_db_value(self, value: Any, *_: object) -> str:
        if not value:
            return ""
        try:
            return unseal(value)
        except InvalidToken:
            return ""
