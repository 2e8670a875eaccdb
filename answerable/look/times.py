"""Moments as a reader says them, with the exact time on hover, in the reader's zone."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86400


def time(moment: datetime | None, *, words: str = "") -> SafeString:
    """A `<time>`; the browser keeps the relative words fresh (`times_controller.ts`)."""
    if moment is None:
        return SafeString("")
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}" data-relative>{}</time>',
        local.isoformat(timespec="seconds"),
        exactly(moment),
        words or relative(moment),
    )


def exactly(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{_day(local.date(), get_language())}, {local:%H:%M}"


@lru_cache(maxsize=1_000)
def _day(day: date, _language: str | None) -> str:
    return date_format(day, "l, j F Y")


def relative(moment: datetime, now: datetime | None = None) -> str:
    """now, 5m, 3h, 2d, then the date; ahead of us: in 5m."""
    seconds = ((now or timezone.now()) - moment).total_seconds()
    if abs(seconds) >= 7 * DAY:
        return _date(moment, now or timezone.now())
    short = _short(abs(seconds))
    if seconds < -30:
        return _("in %(time)s") % {"time": short or _("1m")}
    return short or _("now")


def _short(seconds: float) -> str:
    if seconds < MINUTE:
        return ""
    if seconds < HOUR:
        return _("%(minutes)sm") % {"minutes": int(seconds // MINUTE)}
    if seconds < DAY:
        return _("%(hours)sh") % {"hours": int(seconds // HOUR)}
    return _("%(days)sd") % {"days": int(seconds // DAY)}


def _date(moment: datetime, now: datetime) -> str:
    local = timezone.localtime(moment)
    is_recent = abs(now - moment) < timedelta(days=300)
    return date_format(local, "j M" if is_recent else "j M Y")
