"""What is done again and again about accounts."""

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from answerable.workspaces.models import Tally


def forget_old_tallies() -> None:
    Tally.objects.filter(until__lt=timezone.now()).delete()


def clear_old_sessions() -> None:
    SessionStore.clear_expired()
