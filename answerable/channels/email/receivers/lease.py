"""Who fetches an account: one worker at a time, and another soon after it died."""

import secrets
from datetime import timedelta
from typing import Final

from django.db import DatabaseError, InterfaceError
from django.db.models import Q, QuerySet
from django.utils import timezone

from answerable.channels.email.models import MailAccount

LASTS: Final = timedelta(seconds=60)


class Lease:
    """The right to fetch one account. The cursor, not the lease, is what makes it exact."""

    def __init__(self, account_pk: int) -> None:
        self.account_pk = account_pk
        self.name = secrets.token_hex(8)

    def take(self) -> bool:
        """Take or keep it; False while another worker has it."""
        now = timezone.now()
        free = Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_by=self.name)
        accounts = MailAccount.objects.filter(free, pk=self.account_pk, active=True)
        return bool(accounts.update(lease_until=now + LASTS, lease_by=self.name))

    def note_success(self) -> None:
        """All was fetched: the account page says so."""
        now = timezone.now()
        self._mine().update(lease_until=now + LASTS, fetched_at=now, fetch_error="")

    def release(self) -> None:
        try:
            self._mine().update(lease_until=None, lease_by="")
        except (DatabaseError, InterfaceError):
            return  # it runs out by itself

    def _mine(self) -> "QuerySet[MailAccount]":
        return MailAccount.objects.filter(pk=self.account_pk, lease_by=self.name)
