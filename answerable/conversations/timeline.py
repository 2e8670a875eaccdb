"""What happened in a conversation, oldest first: messages, notes, and thin lines between them.

One query brings events with their words, one the files; nothing else is asked while rendering.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Length

from answerable.conversations.models import Attachment, Conversation, Draft, Event
from answerable.conversations.telling import doer, tell
from answerable.workspaces.models import Member

PAGE, MOST = 60, 300
JOINS = {
    Event.Kind.MERGED,
    Event.Kind.UNMERGED,
    Event.Kind.SPLIT,
    Event.Kind.LINKED,
    Event.Kind.UNLINKED,
}
SPEECH = {Event.Kind.RECEIVED, Event.Kind.REPLIED}
# Said by the words themselves, or by the message that they are about.
UNTOLD = {Event.Kind.STARTED, Event.Kind.DELIVERY_CHANGED}


@dataclass
class Entry:
    """One thing in the thread: an event, and what was said in it."""

    event: Event
    files: list[Attachment] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    is_merge_to_undo: bool = False

    @property
    def kind(self) -> str:
        if self.event.kind in SPEECH and self.event.message:
            return "message"
        if self.event.kind == Event.Kind.NOTED and self.event.note:
            return "note"
        return "event"

    @property
    def words(self) -> str:
        return tell(self.event, self.names)

    @property
    def doer(self) -> str:
        return doer(self.event)

    @property
    def other_number(self) -> int:
        """The other conversation that it is about, if it is about two."""
        told = self.event.particulars
        if self.event.kind not in JOINS:
            return 0
        return next((told[key] for key in ("number_of", "into", "to") if told.get(key)), 0)

    @property
    def has_pictures_elsewhere(self) -> bool:
        return bool(getattr(self.event, "pictures_elsewhere", False))

    @property
    def has_html(self) -> bool:
        return bool(getattr(self.event, "html_length", 0))


@dataclass
class Timeline:
    """A stretch of a thread. `before` is where the earlier part ends, 0 if this is all."""

    entries: list[Entry]
    before: int = 0
    in_drafts: dict[int, list[Attachment]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)

    @property
    def waiting(self) -> list[Draft]:
        """Answers that will be sent later, one's own and colleagues'."""
        return [draft for draft in self.drafts if draft.send_at]

    @property
    def first_number(self) -> int:
        return self.entries[0].event.number if self.entries else 0

    @property
    def last_number(self) -> int:
        return self.entries[-1].event.number if self.entries else 0


def timeline_of(
    conversation: Conversation, member: Member, *, before: int = 0, first: int = 0
) -> Timeline:
    """The last stretch; or the one before a number; or all from a number on, in reason."""
    events = _events(conversation, member)
    if before:
        events = events.filter(number__lt=before)
    if first:
        events = events.filter(number__gte=first)
    most = MOST if first else PAGE
    latest = list(events.order_by("-number")[: most + 1])
    has_more = len(latest) > most
    files = _files(conversation, member)
    entries = _entries(member, latest[:most][::-1], files)
    before = entries[0].event.number if has_more else 0
    drafts = Draft.objects.seen_in(conversation, member).select_related("member")
    return Timeline(entries, before, files["draft_id"], list(drafts))


def entry_of(conversation: Conversation, member: Member, message: int) -> Entry | None:
    """The entry of one message, for what changes it alone: its delivery, say."""
    spoken = _events(conversation, member).filter(message=message, kind__in=SPEECH)
    entries = _entries(member, list(spoken[:1]), _files(conversation, member))
    return entries[0] if entries else None


def _events(conversation: Conversation, member: Member) -> QuerySet[Event]:
    return (
        Event.objects.visible_to(member)
        .filter(conversation=conversation)
        .exclude(kind__in=UNTOLD)
        .select_related("member", "customer", "note", "message", "message__identity")
        .defer("message__html")
        .annotate(
            html_length=Length(F("message__html")),
            pictures_elsewhere=ExpressionWrapper(
                Q(message__html__contains="data-remote-src"), output_field=BooleanField()
            ),
        )
    )


Files = dict[str, dict[int, list[Attachment]]]


def _files(conversation: Conversation, member: Member) -> Files:
    """All files of a conversation by what they belong to: a message, a note, or a draft."""
    files: Files = {name: defaultdict(list) for name in ("message_id", "note_id", "draft_id")}
    for file in Attachment.objects.visible_to(member).filter(conversation=conversation):
        for name, owners in files.items():
            if owner := getattr(file, name):
                owners[owner].append(file)
    return files


def _entries(member: Member, events: list[Event], files: Files) -> list[Entry]:
    names = _names(member, events)
    taken_out = {
        event.particulars["source"]: event.number
        for event in events
        if event.kind == Event.Kind.UNMERGED and "source" in event.particulars
    }
    of_message, of_note = files["message_id"], files["note_id"]
    return [
        Entry(
            event,
            of_message.get(event.message_id or 0) or of_note.get(event.note_id or 0) or [],
            names,
            event.kind == Event.Kind.MERGED
            and "source" in event.particulars
            # One who was merged, taken out and merged again: only the last time counts.
            and event.number > taken_out.get(event.particulars["source"], 0),
        )
        for event in events
    ]


def _names(member: Member, events: list[Event]) -> dict[int, str]:
    """Who was given something; names are not kept in events, so that a member can be erased."""
    pks = {event.particulars.get("to") for event in events if event.kind == Event.Kind.ASSIGNED}
    named = Member.objects.visible_to(member).filter(pk__in=pks - {None})
    return dict(named.values_list("pk", "display_name")) if pks else {}
