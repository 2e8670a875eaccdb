"""The verbs of a conversation that change where it stands."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils import timezone

from answerable.conversations.models.event import Event
from answerable.conversations.models.status import Category, Status
from answerable.workspaces.models import Member

if TYPE_CHECKING:
    from answerable.conversations.models.conversation import Conversation

SHELF_OF = {
    Category.NEW: "open",
    Category.OPEN: "open",
    Category.WAITING: "open",
    Category.SNOOZED: "snoozed",
    Category.RESOLVED: "resolved",
}
ASIDE = ("spam", "trash", "merged")


class Standing:
    """resolve, reopen, snooze, wake, set_status; spam and trash with their way back."""

    @transaction.atomic(savepoint=False)
    def resolve(self, *, by: Member | None, because: str = "") -> None:
        was = self._was()
        if self._stand(Category.RESOLVED, resolved_at=timezone.now(), waiting_since=None):
            self._record(Event.Kind.RESOLVED, by, because, was=was)

    @transaction.atomic(savepoint=False)
    def reopen(self, *, by: Member | None = None, because: str = "") -> None:
        was = self._was()
        if self._stand(Category.OPEN):
            self._record(Event.Kind.REOPENED, by, because, was=was)

    @transaction.atomic(savepoint=False)
    def wait(self, *, by: Member | None, because: str = "") -> None:
        """It is the customer's turn."""
        was = self._was()
        if self._stand(Category.WAITING):
            self._record(Event.Kind.STATUS_CHANGED, by, because, was=was, status="waiting")

    @transaction.atomic(savepoint=False)
    def snooze(self, until: datetime | None, *, by: Member | None, because: str = "") -> None:
        """Put aside until a moment, or (None) until the customer writes."""
        was = self._was()
        if self._stand(Category.SNOOZED, snoozed_until=until):
            self._record(
                Event.Kind.SNOOZED, by, because, was=was, until=until and until.isoformat()
            )

    @transaction.atomic(savepoint=False)
    def wake(self, *, because: str = "") -> None:
        """Bring a snoozed conversation back, its time being up or its customer having written."""
        this = cast("Conversation", self)
        this.lock("category", "shelf")
        if this.category == Category.SNOOZED and self._stand(Category.OPEN):
            self._record(Event.Kind.WOKEN, None, because, was=Category.SNOOZED.value)

    @transaction.atomic(savepoint=False)
    def set_status(self, status: Status, *, by: Member | None, because: str = "") -> None:
        """Give it one of the workspace's own statuses."""
        was = self._was()
        if self._stand(Category(status.category), status=status):
            self._record(Event.Kind.STATUS_CHANGED, by, because, was=was, status=status.name)

    def stir(self) -> None:
        """The customer has written: wake it, reopen it, or leave it where it is."""
        this = cast("Conversation", self)
        if this.shelf in ASIDE:
            return
        if this.category == Category.SNOOZED:
            self.wake(because="the customer wrote")
        elif this.category in {Category.RESOLVED, Category.WAITING}:
            self.reopen(because="the customer wrote")

    @transaction.atomic(savepoint=False)
    def mark_spam(self, *, by: Member | None, because: str = "") -> None:
        if self._put_aside("spam"):
            self._record(Event.Kind.MARKED_SPAM, by, because)

    @transaction.atomic(savepoint=False)
    def clear_spam(self, *, by: Member | None, because: str = "") -> None:
        if self._take_back("spam"):
            self._record(Event.Kind.CLEARED_SPAM, by, because)

    @transaction.atomic(savepoint=False)
    def trash(self, *, by: Member | None, because: str = "") -> None:
        if self._put_aside("trash"):
            self._record(Event.Kind.TRASHED, by, because)

    @transaction.atomic(savepoint=False)
    def restore(self, *, by: Member | None, because: str = "") -> None:
        if self._take_back("trash"):
            self._record(Event.Kind.RESTORED, by, because)

    def _was(self) -> str:
        this = cast("Conversation", self)
        this.lock("category", "shelf")
        return this.category

    def _stand(self, category: Category, **change: object) -> bool:
        """Change the status; False if it was so already. Of two at once, one gets True."""
        this = cast("Conversation", self)
        change = {"status": None, "snoozed_until": None, **change, "category": category.value}
        rows = type(this).objects.filter(pk=this.pk)
        is_aside = rows.filter(shelf__in=ASIDE).exists()
        same = {key: change[key] for key in ("category", "status", "snoozed_until")}
        shelf = {} if is_aside else {"shelf": SHELF_OF[category]}
        changed = rows.exclude(**same).update(**change, **shelf)
        this.refresh_from_db(fields=[*change, "shelf"])
        return bool(changed)

    def _put_aside(self, shelf: str) -> bool:
        this = cast("Conversation", self)
        this.lock()
        rows = type(this).objects.filter(pk=this.pk).exclude(shelf=shelf)
        changed = rows.update(shelf=shelf)
        this.refresh_from_db(fields=["shelf"])
        return bool(changed)

    def _take_back(self, shelf: str) -> bool:
        this = cast("Conversation", self)
        this.lock("category")
        back = SHELF_OF[Category(this.category)]
        changed = type(this).objects.filter(pk=this.pk, shelf=shelf).update(shelf=back)
        this.refresh_from_db(fields=["shelf"])
        return bool(changed)

    def _record(self, kind: str, by: Member | None, because: str, **particulars: Any) -> None:
        cast("Conversation", self).record(kind, by=by, because=because, **particulars)
