"""A story as rows: of the conversation, of what was said in it, and of what happened to it."""

from functools import cache

from answerable.conversations.models import (
    Attachment,
    Conversation,
    Event,
    Mention,
    Message,
    Note,
    Participant,
    ReadMarker,
)
from answerable.conversations.words import preview_of
from answerable.demo.bulk.cast import Cast
from answerable.demo.bulk.people import Person
from answerable.demo.bulk.plot import Story, Turn
from answerable.demo.bulk.tables import Table, moment
from answerable.search.folding import folded
from answerable.search.models import Passage
from answerable.search.reader import fingerprint

EVENT = "workspace_id number conversation_id kind member_id customer_id message_id note_id at"
MESSAGE = (
    "workspace_id conversation_id kind number customer_id identity_id member_id from_name"
    " from_email to subject new_text verification delivery message_id written_at created_at"
)
CONVERSATION = (
    "workspace_id number inbox_id requester_id subject category shelf priority assignee_id team_id"
    " snoozed_until created_at last_activity_at last_in_at last_out_at first_out_at waiting_since"
    " resolved_at message_count preview preview_by has_attachments last_number last_message_number"
)
NOTE = "workspace_id conversation_id member_id text number created_at"
MENTION = "workspace_id note_id conversation_id member_id"
PARTICIPANT = "workspace_id conversation_id identity_id customer_id role since"
ATTACHMENT = "workspace_id conversation_id message_id file_id name media_type size created_at"
PASSAGE = "workspace_id conversation_id inbox_id kind source text at"
MARKER = "member_id conversation_id number"
SHELVED = {"snoozed": "snoozed", "spam": "marked_spam", "trash": "trashed"}

_folded = cache(folded)


class Ledger:
    """The tables that stories are written into, and the numbers given out so far."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.here = cast, cast.workspace.pk
        self.events = self.conversations = 0
        self.passages = Table(Passage, PASSAGE)
        self._conversations = Table(Conversation, CONVERSATION)
        self._messages = Table(Message, MESSAGE)
        self._notes = Table(Note, NOTE)
        self._mentions = Table(Mention, MENTION)
        self._events = Table(Event, f"{EVENT} particulars")
        self._tags = Table(Conversation.tags.through, "conversation_id tag_id")
        self._participants = Table(Participant, PARTICIPANT)
        self._attachments = Table(Attachment, ATTACHMENT)
        self._markers = Table(ReadMarker, MARKER)
        self.tables = [
            self._conversations, self._messages, self._notes, self._mentions, self._events,
            self._tags, self._participants, self._attachments, self._markers, self.passages,
        ]  # fmt: skip

    def write(self, story: Story, who: Person) -> None:
        conversation = self._conversations.last + 1
        self.conversations += 1
        self._subject(story, who, conversation)
        messages = [
            self._note(story, turn, conversation)
            if turn.is_note
            else self._message(story, turn, who, conversation)
            for turn in story.turns
        ]
        numbers = [number for number in messages if number]
        self._sort(story, conversation)
        self._settle(story, conversation)
        self._conversation(story, who, numbers)
        self._participants.add(
            self.here, conversation, who.identity, who.customer, "requester",
            moment(story.turns[0].at),
        )  # fmt: skip
        if story.assignee:
            self._markers.add(story.assignee[0], conversation, self.events)

    def _conversation(self, story: Story, who: Person, numbers: list[int]) -> None:
        said = [turn for turn in story.turns if not turn.is_note]
        came = [turn.at for turn in said if turn.by is None]
        went = [turn.at for turn in said if turn.by]
        last = said[-1]
        is_waited_for = last.by is None and story.shelf == "open"
        settled = story.settled_at
        self._conversations.add(
            self.here, self.conversations, story.place.inbox, who.customer, story.subject.text,
            story.category, story.shelf, story.priority, story.assignee and story.assignee[0],
            story.place.team if story.assignee else None,
            moment(story.snoozed_until) if story.snoozed_until else None,
            moment(said[0].at), moment(last.at), moment(came[-1]),
            moment(went[-1]) if went else None, moment(went[0]) if went else None,
            moment(last.at) if is_waited_for else None, moment(settled) if settled else None,
            len(said), preview_of(last.said.text), last.by[1] if last.by else who.name.text,
            story.paper is not None, self.events, numbers[-1],
        )  # fmt: skip

    def _subject(self, story: Story, who: Person, conversation: int) -> None:
        text = f"{self.conversations} {story.subject.folded} {who.name.folded}"
        self.passages.add(
            self.here, conversation, story.place.inbox, "subject",
            fingerprint(story.subject.text), text, moment(story.turns[0].at),
        )  # fmt: skip

    def _message(self, story: Story, turn: Turn, who: Person, conversation: int) -> int:
        by, email, at = turn.by, who.email.text, moment(turn.at)
        number = self.events + 1
        sender: tuple[object, ...]
        if by:
            sender = ("out", number, None, None, *by, "", f'["{email}"]')
            kind, domain, end = "replied", "demo.example", ("member", "accepted")
        else:
            to = f'["{story.place.address}"]'
            sender = ("in", number, who.customer, who.identity, None, who.name.text, email, to)
            kind, domain, end = "received", email.partition("@")[2], ("aligned", "")
        message = self._messages.add(
            self.here, conversation, *sender, story.subject.text, turn.said.text, *end,
            f"<{number:x}.{conversation:x}@{domain}>", at, at,
        )  # fmt: skip
        self._event(conversation, kind, at, by, None if by else who.customer, message=message)
        names = _folded(by[1]) if by else f"{who.name.folded} {who.email.folded}"
        text = f"{names} {turn.said.folded}"
        self.passages.add(self.here, conversation, story.place.inbox, "message", message, text, at)
        if story.paper and turn is story.turns[0]:
            self._attachments.add(self.here, conversation, message, *story.paper, at)
        return number

    def _note(self, story: Story, turn: Turn, conversation: int) -> int:
        """Colleagues are told apart by their number: every fourth note calls one of them."""
        by, at = turn.by, moment(turn.at)
        assert by  # noqa: S101 - customers write no notes
        number = self.events + 1
        note = self._notes.add(self.here, conversation, by[0], turn.said.text, number, at)
        colleagues = [member for member, _name in story.place.members if member != by[0]]
        if colleagues and number % 4 == 0:
            called = colleagues[number // 4 % len(colleagues)]
            self._mentions.add(self.here, note, conversation, called)
        self._event(conversation, "noted", at, by, note=note)
        text = turn.said.folded
        self.passages.add(self.here, conversation, story.place.inbox, "note", note, text, at)
        return 0

    def _sort(self, story: Story, conversation: int) -> None:
        at, by = moment(story.turns[0].at + 60), story.assignee
        if by:
            self._event(conversation, "assigned", at, by, particulars=f'{{"to": {by[0]}}}')
        for name, tag in story.tags:
            self._tags.add(conversation, tag)
            particulars = f'{{"tag": {tag}, "name": "{name}"}}'
            self._event(conversation, "tagged", at, by, particulars=particulars)

    def _settle(self, story: Story, conversation: int) -> None:
        if story.settled_at:
            self._event(conversation, "resolved", moment(story.settled_at), story.assignee)
        if story.shelf in SHELVED:
            at = moment(max(story.settled_at, story.turns[-1].at))
            self._event(conversation, SHELVED[story.shelf], at, story.assignee)

    def _event(
        self,
        conversation: int,
        kind: str,
        at: str,
        by: tuple[int, str] | None,
        customer: int | None = None,
        *,
        message: int | None = None,
        note: int | None = None,
        particulars: str = "{}",
    ) -> None:
        self.events += 1
        self._events.add(
            self.here, self.events, conversation, kind, by and by[0], customer, message, note, at,
            particulars,
        )  # fmt: skip
