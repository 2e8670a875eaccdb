"""What a member notes for themself about a conversation: star, follow, mute, read and unread."""

from typing import Any

from answerable.conversations.models import Conversation, ReadMarker
from answerable.workspaces.models import Member

# Each with the field of the marker that it changes, and its opposite.
MARKS: dict[str, tuple[str, str]] = {
    "star": ("starred", "unstar"),
    "unstar": ("starred", "star"),
    "follow": ("following", "unfollow"),
    "unfollow": ("following", "follow"),
    "mute": ("muted", "unmute"),
    "unmute": ("muted", "mute"),
    "read": ("number", "unread"),
    "unread": ("number", "read"),
}


def mark(conversation: Conversation, word: str, *, by: Member) -> Any:
    """Note it, and return what was noted before; None if it was so already."""
    field, _opposite = MARKS[word]
    marker, _ = ReadMarker.objects.get_or_create(member=by, conversation=conversation)
    was, now = getattr(marker, field), _value(conversation, word)
    if was == now:
        return None
    put_back(conversation.pk, word, now, by=by)
    return was


def put_back(pk: int, word: str, value: Any, *, by: Member) -> None:
    mine = ReadMarker.objects.visible_to(by).filter(conversation=pk)
    mine.update(**{MARKS[word][0]: value})


def _value(conversation: Conversation, word: str) -> Any:
    if word == "read":
        return conversation.last_number
    if word == "unread":
        return max(conversation.last_message_number - 1, 0)
    return not word.startswith("un")
