"""One at a time: how verbs keep what they read true until they have written."""

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from answerable.conversations.models.conversation import Conversation


class Locking:
    """lock, locked."""

    def lock(self, *columns: str) -> None:
        """Let nobody else change it until the commit; these columns are as they are now.

        Always the first lock of a verb, before the counter of its workspace, so that no two
        verbs can wait for each other.
        """
        this = cast("Conversation", self)
        rows = type(this).objects.select_for_update(no_key=True).filter(pk=this.pk)
        for name, value in (rows.values("pk", *columns).first() or {}).items():
            if name != "pk":
                setattr(this, name, value)

    def locked(self) -> "Conversation":
        """This one, or the one that it has been merged into meanwhile, locked until the commit."""
        this = cast("Conversation", self)
        this.lock("merged_into_id")
        while this.merged_into is not None:
            this = this.merged_into
            this.lock("merged_into_id")
        return this
