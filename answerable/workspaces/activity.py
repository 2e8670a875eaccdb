"""Where somebody is signed in and when they were last seen, without a write for each page."""

import logging
import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

EVERY_SECONDS = 300
MOST_REMEMBERED = 10_000


class Activity:
    """Notes the session in use, at most every five minutes in each process."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._noted: dict[str, float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key and self._is_due(key) and request.user.is_authenticated:
            self._note(request, key)
        return self.get_response(request)

    def _note(self, request: HttpRequest, key: str) -> None:
        """A disk without room must not keep anybody from reading (R25)."""
        try:
            with transaction.atomic():
                UserSession.objects.create_from_request(request)
        except DatabaseError as problem:
            self._noted.pop(key, None)
            log.warning("Who is signed in where could not be noted: %s", problem)

    def _is_due(self, key: str) -> bool:
        now = time.monotonic()
        if now - self._noted.get(key, -EVERY_SECONDS) < EVERY_SECONDS:
            return False
        if len(self._noted) >= MOST_REMEMBERED:
            self._noted.clear()
        self._noted[key] = now
        return True
