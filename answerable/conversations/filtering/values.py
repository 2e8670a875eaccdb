"""Values of a condition, read strictly by what the field holds."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from answerable.conversations.filtering.operators import Kind, Operator

LONGEST_TEXT = 200
MOST_CHOICES = 50
MOST_DAYS = 3650
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


class Wrong(Exception):
    """This filter cannot be understood, for the reason given in words."""


def read(kind: Kind, operator: Operator, value: object) -> Any:
    """The value as the lookup wants it. Raises Wrong."""
    if operator.takes == "days":
        return timezone.now() - timedelta(days=_days(value))
    return _READERS[kind](value) if operator.takes else None


def words_of(value: object) -> list[str]:
    """One word or several, as a form or a saved tree has them."""
    several = value if isinstance(value, list | tuple) else [value]
    words = [each for each in several if isinstance(each, str)]
    if len(words) != len(several) or len(words) > MOST_CHOICES:
        raise Wrong(_("A choice is a word or a short list of words."))
    return words


def _choices(value: object) -> Sequence[str]:
    words = [word for word in words_of(value) if word]
    if not words:
        raise Wrong(_("Choose at least one."))
    return words


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise Wrong(_("Write at least one letter."))
    if len(value) > LONGEST_TEXT:
        raise Wrong(_("That is too long to look for."))
    return value.strip()


def _days(value: object) -> int:
    text = str(value).strip() if isinstance(value, str | int) else ""
    if not (text.isascii() and text.isdecimal()) or len(text) > 4 or int(text) > MOST_DAYS:
        raise Wrong(_("A number of days is a whole number up to %d.") % MOST_DAYS)
    return int(text)


def _date(value: object) -> date:
    try:
        found = parse_date(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.year < 1900 or found.year > 9998:
        raise Wrong(_("Choose a day."))
    return found


def _moment(value: object) -> datetime:
    """The beginning of that day where the member is."""
    return timezone.make_aware(datetime.combine(_date(value), time()))


def _number(value: object) -> float:
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    if not NUMBER.fullmatch(text):
        raise Wrong(_("That is not a number."))
    return float(text)


def _yes_no(value: object) -> bool:
    if value not in ("yes", "no"):
        raise Wrong(_("It is yes or no."))
    return value == "yes"


_READERS: dict[Kind, Callable[[object], Any]] = {
    Kind.CHOICE: _choices,
    Kind.TEXT: _text,
    Kind.MOMENT: _moment,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
}
