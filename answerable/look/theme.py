"""Light or dark: as the system has it, unless the reader chose."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest

COOKIE = "theme"
THEMES = ("light", "dark")


def for_pages(request: HttpRequest) -> dict[str, Any]:
    """What every page is given: the chosen theme, and what is to be said once."""
    chosen = request.COOKIES.get(COOKIE, "")
    return {"theme": chosen if chosen in THEMES else "", "notices": get_messages(request)}
