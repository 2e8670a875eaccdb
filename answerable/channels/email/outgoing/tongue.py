"""The language and the hour in which a company's mails speak."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone, translation

from answerable.workspaces.models import Workspace


@contextmanager
def spoken_in(workspace: Workspace) -> Iterator[None]:
    """Whoever writes: the mail speaks the workspace's language, in its time zone."""
    try:
        zone = ZoneInfo(workspace.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    with translation.override(workspace.language), timezone.override(zone):
        yield
