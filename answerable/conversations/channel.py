"""What the heart needs of a way in and out. Each channel is a folder that keeps to this."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from answerable.conversations.models import Conversation, Inbox, Message


@dataclass(frozen=True)
class Capabilities:
    """What the channel can carry, for the composer."""

    has_subject: bool
    has_copies: bool
    has_formatting: bool
    longest_text: int
    largest_file: int


class Channel(Protocol):
    """Plans what must leave; a worker of the channel does it later."""

    capabilities: Capabilities

    def plan(self, message: "Message", *, not_before: datetime | None = None) -> None:
        """Note, in the transaction that wrote the message, that it must be delivered.

        Sets the message's `message_id` and `delivery`. Raises Unsendable with words for people.
        """

    def aliases(self, inbox: "Inbox") -> list[str]:
        """The addresses that an answer may come from, the usual one first."""

    def addresses(self, inboxes: Iterable["Inbox"]) -> dict[int, str]:
        """What customers write to, by inbox; one that has none yet is not in the answer."""

    def settings_of(self, inbox: "Inbox") -> str:
        """The page where it is set how this inbox is reached."""

    def retry(self, message: "Message") -> None:
        """Try once more to deliver what was not delivered; the same mail again."""

    def take_back(self, message: "Message") -> bool:
        """Let nothing of it leave any more; False, and nothing changed, if something may have."""

    def recipients(self, conversation: "Conversation") -> tuple[list[str], list[str]]:
        """To and Cc that an answer would usually go to."""


class Unsendable(Exception):
    """This can not be sent, for a reason that the writer can mend."""


def channel_of(inbox: "Inbox") -> Channel:
    channel: Channel = import_string(settings.CHANNELS[inbox.kind])()
    return channel
