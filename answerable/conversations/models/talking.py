"""The verbs of a conversation that say something."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from answerable.conversations.channel import channel_of
from answerable.conversations.models.attachment import Attachment
from answerable.conversations.models.event import Event
from answerable.conversations.models.message import Message
from answerable.conversations.models.note import Mention, Note
from answerable.conversations.models.participant import Participant
from answerable.conversations.words import Enclosed, Words, preview_of
from answerable.customers.models import Customer, Identity
from answerable.files.models import File
from answerable.kit.readers import announce
from answerable.masking import Masked, mask, mask_filename
from answerable.workspaces.models import Counter, Member

if TYPE_CHECKING:
    from answerable.conversations.models.conversation import Conversation


class Talking:
    """receive, reply, note: what customers and members say."""

    @transaction.atomic(savepoint=False)
    def receive(self, words: Words) -> Message:
        """File what a customer said. It wakes and reopens, unless a machine wrote it."""
        this = cast("Conversation", self)
        this.lock("category", "shelf", "waiting_since")
        if not words.is_automatic:
            this.stir()
            this.hold_back_waiting()
        message = Message.objects.create(
            workspace_id=this.workspace_id,
            conversation=this,
            number=Counter.take(this.workspace_id, "events"),
            kind=Message.Kind.IN,
            customer_id=words.sender.customer_id,
            identity=words.sender,
            verification_reason=words.verification_reason[:250],
            joined_because=words.joined_because[:250],
            message_id=words.message_id[:998],
            from_name=words.from_name[:200],
            from_email=words.from_email[:320],
            subject=words.subject[:500],
            **{name: getattr(words, name) for name in _SAME_NAME},
        )
        _keep_files(message, words.files)
        this.take_part(words.sender)
        this.record(
            Event.Kind.RECEIVED,
            customer=words.sender.customer,
            message=message,
            number=message.number,
            change=_words_change(this, message, words.from_name or words.from_email)
            | ({"has_attachments": True} if words.files else {}),
        )
        return message

    @transaction.atomic(savepoint=False)
    def reply(
        self,
        text: str,
        *,
        by: Member,
        html: str = "",
        to: Sequence[str] = (),
        cc: Sequence[str] = (),
        bcc: Sequence[str] = (),
        alias: str = "",
        attachments: Iterable[Attachment] = (),
        because: str = "",
        held: bool = False,
    ) -> Message:
        """Answer the customer. What must be delivered is planned in the same transaction.

        An answer that is `held` leaves after a moment in which its writer may take it back.
        """
        this = cast("Conversation", self)
        this.lock("category", "shelf", "first_out_at")
        usual_to, usual_cc = channel_of(this.inbox).recipients(this)
        message = _written(
            this,
            by,
            mask(text),
            html=html,
            from_email=alias,
            to=list(to) or usual_to,
            cc=list(cc) if to else usual_cc,
            bcc=list(bcc),
        )
        enclosed = list(attachments)
        for attachment in enclosed:
            attachment.belong_to(this, message=message)
        channel_of(this.inbox).plan(message, not_before=message.held_until if held else None)
        this.record(
            Event.Kind.REPLIED,
            by=by,
            message=message,
            because=because,
            number=message.number,
            change=_words_change(this, message, by.display_name)
            | ({"has_attachments": True} if enclosed else {}),
        )
        return message

    @transaction.atomic(savepoint=False)
    def note(
        self,
        text: str,
        *,
        by: Member | None,
        mentions: Iterable[Member] = (),
        attachments: Iterable[Attachment] = (),
        because: str = "",
    ) -> Note:
        """Write to colleagues. Those mentioned are told only if they may see it (T050)."""
        this = cast("Conversation", self)
        this.lock()
        said = mask(text)
        note = Note.objects.create(
            workspace_id=this.workspace_id,
            conversation=this,
            number=Counter.take(this.workspace_id, "events"),
            member=by,
            text=said.text,
            masked=len(said.found),
        )
        called = [m for m in mentions if this.is_visible_to(m)]
        Mention.objects.bulk_create(
            Mention(workspace_id=this.workspace_id, note=note, conversation=this, member=member)
            for member in called
        )
        for attachment in attachments:
            attachment.belong_to(this, note=note)
        this.record(
            Event.Kind.NOTED,
            by=by,
            note=note,
            because=because,
            number=note.number,
            mentions=[member.pk for member in called],
        )
        return note

    def take_part(self, identity: Identity) -> None:
        """Let an address take part from now on; what was said before is not shown to it."""
        this = cast("Conversation", self)
        asks = identity.customer_id == this.requester_id
        before = 0 if asks else this.participants.filter(identity=identity).count()
        Participant.objects.bulk_create(
            [
                Participant(
                    workspace_id=this.workspace_id,
                    conversation=this,
                    identity=identity,
                    customer_id=identity.customer_id,
                    role=Participant.Role.REQUESTER if asks else Participant.Role.COPIED,
                )
            ],
            ignore_conflicts=True,
        )
        if not asks and not before:
            this.record(Event.Kind.PARTICIPANT_ADDED, customer=identity.customer)

    def is_visible_to(self, member: Member) -> bool:
        this = cast("Conversation", self)
        return type(this).objects.visible_to(member).filter(pk=this.pk).exists()

    def record(
        self,
        kind: str,
        *,
        by: Member | None = None,
        customer: Customer | None = None,
        message: Message | None = None,
        note: Note | None = None,
        because: str = "",
        number: int | None = None,
        change: dict[str, Any] | None = None,
        **particulars: object,
    ) -> Event:
        """Write the one event of a change, in the transaction of the change.

        `number` is one that was taken from the counter already; `change` is written to the
        conversation together with the event's number.
        """
        this = cast("Conversation", self)
        event = Event.objects.create(
            workspace_id=this.workspace_id,
            number=number or Counter.take(this.workspace_id, "events"),
            conversation=this,
            kind=kind,
            member=by,
            customer=customer,
            message=message,
            note=note,
            because=because[:250],
            particulars=particulars,
        )
        change = {**(change or {}), "last_number": event.number}
        type(this).objects.filter(pk=this.pk).update(**change)
        for name, value in change.items():
            if not isinstance(value, F):
                setattr(this, name, value)
        announce(this.workspace_id)
        return event


_SAME_NAME = (
    "channel",
    "to",
    "cc",
    "new_text",
    "quoted",
    "signature",
    "html",
    "masked",
    "is_automatic",
    "verification",
    "problems",
    "written_at",
)


def _written(
    this: "Conversation", by: Member, said: Masked, *, html: str, **fields: Any
) -> Message:
    """An answer as a row. Where words were masked, markup that still has them is dropped."""
    return Message.objects.create(
        workspace_id=this.workspace_id,
        conversation=this,
        number=Counter.take(this.workspace_id, "events"),
        kind=Message.Kind.OUT,
        channel=this.inbox.kind,
        member=by,
        from_name=by.display_name,
        new_text=said.text,
        html="" if said.found else html,
        masked=len(said.found),
        verification=Message.Verification.MEMBER,
        **fields,
    )


def _words_change(this: "Conversation", message: Message, by: str) -> dict[str, Any]:
    """What the list shows of the last words, and who has waited since when."""
    now = timezone.now()
    change: dict[str, Any] = {
        "last_activity_at": now,
        "last_message_number": message.number,
        "message_count": F("message_count") + 1,
        "preview": preview_of(message.new_text),
        "preview_by": by[:120],
    }
    if message.kind == Message.Kind.IN:
        change["last_in_at"] = now
        if not message.is_automatic and this.waiting_since is None:
            change["waiting_since"] = now
        return change
    change |= {"last_out_at": now, "waiting_since": None}
    if this.first_out_at is None:
        change["first_out_at"] = now
    if this.category == "new":
        change["category"] = "open"
    return change


def _keep_files(message: Message, files: Iterable[Enclosed]) -> None:
    Attachment.objects.bulk_create(
        Attachment(
            workspace_id=message.workspace_id,
            conversation_id=message.conversation_id,
            message=message,
            file=File.objects.of_content(message.workspace_id, file.content, file.media_type),
            name=mask_filename(file.name)[:250] or "file",
            media_type=file.media_type[:120],
            size=len(file.content),
            content_id=file.content_id[:250],
            inline=file.inline,
        )
        for file in files
    )
