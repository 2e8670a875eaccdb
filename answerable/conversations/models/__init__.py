"""The heart: inboxes, conversations, what is said in them, and what happened to them."""

from answerable.conversations.models.attachment import Attachment
from answerable.conversations.models.conversation import Conversation
from answerable.conversations.models.draft import Draft, DraftComment
from answerable.conversations.models.errand import Errand
from answerable.conversations.models.event import Event
from answerable.conversations.models.inbox import Inbox
from answerable.conversations.models.link import Link
from answerable.conversations.models.message import Message
from answerable.conversations.models.note import Mention, Note
from answerable.conversations.models.participant import Participant
from answerable.conversations.models.read_marker import ReadMarker
from answerable.conversations.models.said import Said, SaidOtherwise
from answerable.conversations.models.status import Category, Status
from answerable.conversations.models.tag import Tag
from answerable.conversations.models.template import Macro, ReplyTemplate
from answerable.conversations.models.view import View

__all__ = [
    "Attachment",
    "Category",
    "Conversation",
    "Draft",
    "DraftComment",
    "Errand",
    "Event",
    "Inbox",
    "Link",
    "Macro",
    "Mention",
    "Message",
    "Note",
    "Participant",
    "ReadMarker",
    "ReplyTemplate",
    "Said",
    "SaidOtherwise",
    "Status",
    "Tag",
    "View",
]
