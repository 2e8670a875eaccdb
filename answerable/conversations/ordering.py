"""The orders that a list can stand in, each with the cursor that its next page begins at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.conversations.models import Conversation

if TYPE_CHECKING:
    from answerable.conversations.rows import Row

NEWEST = "-last_activity_at"
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def micros(moment: datetime | None) -> int:
    return int((moment or NEVER).timestamp() * 1_000_000)


@dataclass(frozen=True)
class Order:
    """By one column (`value` of a row is what the cursor holds), and by key where that is equal."""

    name: str | Promise
    column: str
    is_down: bool
    value: Callable[["Row"], int]
    read: Callable[[int], Any]
    column_is: Any = None

    def of(self, conversations: QuerySet[Conversation], cursor: str) -> QuerySet[Conversation]:
        """In this order, after the cursor."""
        if self.column_is is not None:
            conversations = conversations.alias(**{self.column: self.column_is})
        dash = "-" if self.is_down else ""
        return self._after(conversations, cursor).order_by(f"{dash}{self.column}", f"{dash}pk")

    def cursor(self, row: "Row") -> str:
        return f"{self.value(row)}.{row.pk}"

    def _after(self, conversations: QuerySet[Conversation], cursor: str) -> QuerySet[Conversation]:
        value, _dot, pk = cursor.partition(".")
        if not (value.isdecimal() and pk.isdecimal()):
            return conversations
        try:
            reached = self.read(int(value[:20]))
        except (OverflowError, ValueError, OSError):
            return conversations
        beyond = "lt" if self.is_down else "gt"
        later = Q((f"{self.column}__{beyond}", reached)) | Q((f"pk__{beyond}", int(pk[:18])))
        # The first condition is the one that the index begins at.
        return conversations.filter(Q((f"{self.column}__{beyond}e", reached))).filter(later)


def _moment(micros: int) -> datetime:
    whole = datetime.fromtimestamp(micros // 1_000_000, UTC)
    return whole.replace(microsecond=micros % 1_000_000)


_ACTIVITY = ("last_activity_at", lambda row: micros(row.last_activity_at), _moment)
_CREATED = ("created_at", lambda row: micros(row.created_at), _moment)


def _by(name: Any, of: tuple[str, Any, Any], *, is_down: bool) -> Order:
    column, value, read = of
    return Order(name, column, is_down, value, read)


ORDERS: dict[str, Order] = {
    NEWEST: _by(_("Newest activity first"), _ACTIVITY, is_down=True),
    "last_activity_at": _by(_("Oldest activity first"), _ACTIVITY, is_down=False),
    "-created_at": _by(_("Newest first"), _CREATED, is_down=True),
    "created_at": _by(_("Oldest first"), _CREATED, is_down=False),
    "waiting_since": Order(
        _("Longest waiting first"),
        "waits_since",
        False,
        lambda row: micros(row.waiting_since),
        _moment,
        Coalesce(F("waiting_since"), Value(NEVER), output_field=DateTimeField()),
    ),
    "-priority": Order(_("Most urgent first"), "priority", True, lambda row: row.priority, int),
}


def order_of(key: str) -> Order:
    return ORDERS.get(key, ORDERS[NEWEST])
