"""The verbs that make one conversation of two, or two of one, and tie them together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.db.models import Model

from answerable.conversations.models.attachment import Attachment
from answerable.conversations.models.event import Event
from answerable.conversations.models.link import Link
from answerable.conversations.models.message import Message
from answerable.conversations.models.note import Mention, Note
from answerable.conversations.models.participant import Participant
from answerable.conversations.models.standing import SHELF_OF
from answerable.conversations.models.status import Category
from answerable.conversations.words import preview_of
from answerable.workspaces.models import Member

if TYPE_CHECKING:
    from answerable.conversations.models.conversation import Conversation

# What moves with what was said, and how it is found by the message or the note.
SAID = {Event.Kind.RECEIVED, Event.Kind.REPLIED, Event.Kind.NOTED}


class CannotJoin(Exception):
    """These two cannot be made one, or this cannot be taken out, for the reason given."""


class Joining:
    """merge_into, unmerge, split, link, unlink."""

    @transaction.atomic
    def merge_into(self, other: "Conversation", *, by: Member | None, because: str = "") -> None:
        """Put all that was said here into `other`; this stays as a sign that points there."""
        this = cast("Conversation", self)
        if this.pk == other.pk or this.workspace_id != other.workspace_id:
            raise CannotJoin
        _lock(this, other)
        if this.merged_into_id or other.merged_into_id:
            raise CannotJoin
        messages = list(this.messages.values_list("pk", flat=True))
        notes = list(this.notes.values_list("pk", flat=True))
        _move(this, other, messages, notes)
        _bring_participants(this, other)
        _bring_drafts(this, other)
        _set(this, merged_into=other, shelf="merged")
        recount(other)
        particulars: dict[str, Any] = {"messages": messages, "notes": notes, "source": this.pk}
        other.record(
            Event.Kind.MERGED, by=by, because=because, number_of=this.number, **particulars
        )
        this.record(Event.Kind.MERGED, by=by, because=because, into=other.number)

    @transaction.atomic
    def unmerge(self, event: Event, *, by: Member | None) -> None:
        """Take a merge back: what came with it goes back, what was said since stays."""
        this = cast("Conversation", self)
        source = (
            type(this)
            .objects.filter(pk=event.particulars.get("source"), merged_into=this.pk)
            .first()
        )
        if source is None:
            raise CannotJoin
        _lock(this, source)
        _move(this, source, event.particulars["messages"], event.particulars["notes"])
        _set(source, merged_into=None, shelf=SHELF_OF[Category(source.category)])
        recount(this)
        recount(source)
        this.record(Event.Kind.UNMERGED, by=by, number_of=source.number, source=source.pk)
        source.record(Event.Kind.UNMERGED, by=by, into=this.number)

    @transaction.atomic
    def split(
        self, messages: Sequence[Message], subject: str, *, by: Member | None
    ) -> "Conversation":
        """Move some messages into a conversation of their own, with whoever wrote the first."""
        this = cast("Conversation", self)
        this.lock()
        ours = [message for message in messages if message.conversation_id == this.pk]
        if not ours or len(ours) == this.messages.count():
            raise CannotJoin
        first = ours[0]
        new = type(this).start(this.inbox, first.customer or this.requester, subject)
        _move(this, new, [message.pk for message in ours], [])
        _bring_participants(this, new, only={message.identity_id for message in ours})
        recount(this)
        recount(new)
        this.record(Event.Kind.SPLIT, by=by, into=new.number)
        new.record(Event.Kind.SPLIT, by=by, number_of=this.number)
        new.link(Link.Kind.SPLIT, other=this, by=by)
        return new

    @transaction.atomic
    def link(
        self,
        kind: str,
        *,
        other: "Conversation | None" = None,
        address: str = "",
        by: Member | None,
    ) -> Link:
        this = cast("Conversation", self)
        if other is not None and (other.pk == this.pk or other.workspace_id != this.workspace_id):
            raise CannotJoin
        link, is_new = Link.objects.get_or_create(
            conversation=this,
            kind=kind,
            other=other,
            address=address,
            defaults={"workspace_id": this.workspace_id, "by": by},
        )
        if is_new:
            this.record(Event.Kind.LINKED, by=by, link=link.pk, how=kind, to=other and other.number)
        return link

    @transaction.atomic
    def unlink(self, link: Link, *, by: Member | None) -> None:
        this = cast("Conversation", self)
        gone, _ = Link.objects.filter(pk=link.pk, conversation=this).delete()
        if gone:
            to = link.other and link.other.number
            this.record(Event.Kind.UNLINKED, by=by, how=link.kind, to=to)


def recount(conversation: "Conversation") -> None:
    """What the list shows, from the messages that are here now."""
    messages = list(conversation.messages.order_by("number").values("kind", "number", "created_at"))
    last = conversation.messages.order_by("-number").first()
    came = [m["created_at"] for m in messages if m["kind"] == Message.Kind.IN]
    went = [m["created_at"] for m in messages if m["kind"] == Message.Kind.OUT]
    change: dict[str, Any] = {
        "message_count": len(messages),
        "last_in_at": came[-1] if came else None,
        "last_out_at": went[-1] if went else None,
        "first_out_at": went[0] if went else None,
        "has_attachments": Attachment.objects.filter(message__conversation=conversation).exists(),
    }
    if last:
        change |= {
            "preview": preview_of(last.new_text),
            "preview_by": (last.from_name or last.from_email)[:120],
            "last_message_number": last.number,
            "last_activity_at": last.created_at,
        }
    _set(conversation, **change)


def _lock(*conversations: "Conversation") -> None:
    """In one order always, so that no two of us can wait for each other."""
    for conversation in sorted(conversations, key=lambda each: each.pk):
        conversation.lock("merged_into_id", "category")


def _set(conversation: "Conversation", **change: Any) -> None:
    type(conversation).objects.filter(pk=conversation.pk).update(**change)
    for name, value in change.items():
        setattr(conversation, name, value)


def _move(
    source: "Conversation", target: "Conversation", messages: list[int], notes: list[int]
) -> None:
    """Messages and notes with their files, events and calls."""
    ways: list[tuple[type[Model], str, list[int]]] = [
        (Message, "pk__in", messages),
        (Note, "pk__in", notes),
        (Attachment, "message__in", messages),
        (Attachment, "note__in", notes),
        (Mention, "note__in", notes),
        (Event, "message__in", messages),
        (Event, "note__in", notes),
    ]
    for model, look_up, pks in ways:
        rows = model._default_manager.filter(conversation=source, **{look_up: pks})
        rows.update(conversation=target)


def _bring_drafts(source: "Conversation", target: "Conversation") -> None:
    """What is half written there goes on here, under what the same member has written here."""
    for draft in source.drafts.all():
        here = target.drafts.filter(member=draft.member_id, kind=draft.kind).first()
        if here is None:
            here, draft.conversation = draft, target
            draft.save(update_fields=["conversation"])
        else:
            here.text, here.send_at = f"{here.text}\n\n{draft.text}".strip(), None
            here.save(update_fields=["text", "send_at"])
        Attachment.objects.filter(draft=draft).update(draft=here, conversation=target)
        if here.pk != draft.pk:
            draft.delete()


def _bring_participants(
    source: "Conversation", target: "Conversation", only: set[int | None] | None = None
) -> None:
    """Those who took part there take part here too, from now on."""
    rows = source.participants.filter(until=None)
    if only is not None:
        rows = rows.filter(identity__in=[pk for pk in only if pk])
    Participant.objects.bulk_create(
        [
            Participant(
                workspace_id=target.workspace_id,
                conversation=target,
                identity_id=row.identity_id,
                customer_id=row.customer_id,
                role=Participant.Role.REQUESTER
                if row.customer_id == target.requester_id
                else Participant.Role.COPIED,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
