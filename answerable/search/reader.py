"""Reads the event log and makes passages of what was said, many at a time."""

import hashlib
from collections.abc import Sequence

from answerable.conversations.models import Conversation, Event, Message, Note
from answerable.search.folding import folded
from answerable.search.index import index
from answerable.search.models import Passage

SAID = {Event.Kind.RECEIVED, Event.Kind.REPLIED}
MOVED = {Event.Kind.MERGED, Event.Kind.UNMERGED, Event.Kind.SPLIT}


def make_findable(events: Sequence[Event]) -> None:
    """Index what these events said. Running twice indexes once."""
    messages = [e.message_id for e in events if e.kind in SAID and e.message_id]
    notes = [e.note_id for e in events if e.kind == Event.Kind.NOTED and e.note_id]
    matters = {e.conversation_id for e in events if e.kind in SAID | {Event.Kind.RENAMED}}
    passages = [
        *_of_subjects(matters),
        *_of_messages([pk for pk in messages if pk]),
        *_of_notes([pk for pk in notes if pk]),
    ]
    known = _known(passages)
    new = [p for p in passages if (p.conversation_id, p.kind, p.source) not in known]
    made = Passage.objects.bulk_create(new)
    index().add([passage.pk for passage in made])
    taken = [event for event in events if event.kind == Event.Kind.UNSENT]
    for event in taken:
        said = Passage.objects.filter(conversation=event.conversation_id, kind="message")
        said.filter(source=event.particulars.get("taken", 0)).delete()
    if any(event.kind in MOVED for event in events):
        _follow({event.conversation_id for event in events if event.kind in MOVED})


def _follow(conversations: set[int]) -> None:
    """Passages go where their messages and notes went."""
    for kind, model in ((Passage.Kind.MESSAGE, Message), (Passage.Kind.NOTE, Note)):
        there = model.objects.filter(conversation__in=conversations)
        for pk, conversation in there.values_list("pk", "conversation_id"):
            strayed = Passage.objects.filter(kind=kind, source=pk)
            strayed.exclude(conversation=conversation).update(conversation=conversation)


def _known(passages: list[Passage]) -> set[tuple[int, str, int]]:
    here = Passage.objects.filter(conversation__in={p.conversation_id for p in passages})
    return set(here.values_list("conversation_id", "kind", "source"))


def _of_subjects(pks: set[int]) -> list[Passage]:
    """Number, subject and who asks. A subject that changed is a passage of its own."""
    found = Conversation.objects.filter(pk__in=pks).select_related("requester").order_by("pk")
    return [
        Passage(
            workspace_id=one.workspace_id,
            conversation=one,
            inbox_id=one.inbox_id,
            kind=Passage.Kind.SUBJECT,
            source=fingerprint(one.subject),
            text=folded(f"{one.number} {one.subject} {one.requester.name}"),
        )
        for one in found
    ]


def fingerprint(subject: str) -> int:
    """A number for a subject, the same in every process."""
    return int.from_bytes(hashlib.sha256(subject.encode()).digest()[:7], "big")


def _of_messages(pks: list[int]) -> list[Passage]:
    found = Message.objects.filter(pk__in=pks).select_related("conversation").order_by("pk")
    return [
        Passage(
            workspace_id=one.workspace_id,
            conversation_id=one.conversation_id,
            inbox_id=one.conversation.inbox_id,
            kind=Passage.Kind.MESSAGE,
            source=one.pk,
            text=text_of_message(one),
            at=one.created_at,
        )
        for one in found
    ]


def text_of_message(message: Message) -> str:
    return folded(f"{message.from_name} {message.from_email} {message.new_text}")


def _of_notes(pks: list[int]) -> list[Passage]:
    found = Note.objects.filter(pk__in=pks).select_related("conversation").order_by("pk")
    return [
        Passage(
            workspace_id=one.workspace_id,
            conversation_id=one.conversation_id,
            inbox_id=one.conversation.inbox_id,
            kind=Passage.Kind.NOTE,
            source=one.pk,
            text=folded(one.text),
            at=one.created_at,
        )
        for one in found
    ]
