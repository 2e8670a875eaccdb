"""Around each page of somebody signed in: their language and their time zone."""

import zoneinfo
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from answerable.workspaces.models import User


class Preferences:
    """Theirs; else the browser's language, and the installation's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if SESSION_KEY in request.session else None
        if not isinstance(user, User):
            return self.get_response(request)
        language = user.language or translation.get_language()
        with translation.override(language), timezone.override(zone_of(user.time_zone)):
            return self.get_response(request)


def zone_of(name: str) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
