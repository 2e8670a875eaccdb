"""The moments that a conversation is usually put aside until, in the member's time zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

MORNING, EVENING = 9, 18


@dataclass(frozen=True)
class Preset:
    """A name for a moment."""

    key: str
    name: str
    icon: str
    until: datetime

    @property
    def note(self) -> str:
        return date_format(self.until, "D H:i")


def presets(now: datetime | None = None) -> list[Preset]:
    """Later today (while it is still today), tomorrow, Monday, in a month."""
    local = timezone.localtime(now)
    found = [
        Preset("tomorrow", _("Tomorrow"), "sun", _at(local + timedelta(days=1), MORNING)),
        Preset("next-week", _("Next week"), "calendar", _at(_next_monday(local), MORNING)),
        Preset("next-month", _("In a month"), "calendar", _at(local + timedelta(days=30), MORNING)),
    ]
    if local.hour < EVENING - 1:
        found.insert(0, Preset("today", _("Later today"), "clock", _at(local, EVENING)))
    return found


def _at(day: datetime, hour: int) -> datetime:
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def _next_monday(day: datetime) -> datetime:
    return day + timedelta(days=7 - day.weekday())
