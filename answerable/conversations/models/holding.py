"""The verbs about answers that have not left yet."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils.translation import gettext as _

from answerable.conversations.channel import channel_of
from answerable.conversations.models.draft import Draft
from answerable.conversations.models.event import Event
from answerable.conversations.models.joining import recount
from answerable.conversations.models.message import Message
from answerable.conversations.models.participant import Participant
from answerable.workspaces.models import Member

if TYPE_CHECKING:
    from answerable.conversations.models.conversation import Conversation


class NotYours(Exception):
    """Only whoever wrote it may take it back (T040)."""


class TooLate(Exception):
    """It has left, or perhaps has."""


class Holding:
    """unsend, send_later, hold_back, send_waiting."""

    @transaction.atomic
    def unsend(self, message: Message, *, by: Member) -> Draft:
        """Put a reply that is still held back into its writer's draft, files too."""
        this = cast("Conversation", self)
        this.lock("category")
        if message.member_id != by.pk:
            raise NotYours
        if not channel_of(this.inbox).take_back(message):
            raise TooLate
        draft = _draft_again(this, message, by)
        this.participants.filter(
            role=Participant.Role.COPIED, since__gte=message.created_at
        ).exclude(identity__in=this.messages.exclude(identity=None).values("identity")).delete()
        _stand_again(this, message, by)
        this.record(Event.Kind.UNSENT, by=by, taken=message.pk)
        message.delete()
        recount(this)
        _wait_again(this)
        return draft

    @transaction.atomic
    def send_later(
        self, draft: Draft, at: datetime, *, by: Member, even_if_they_write: bool = False
    ) -> None:
        """Keep the draft until then. Nobody but its writer can change that."""
        this = cast("Conversation", self)
        this.lock("category")
        if draft.member_id != by.pk:
            raise NotYours
        draft.send_at, draft.send_even_if_they_write = at, even_if_they_write
        draft.save()
        this.record(Event.Kind.SCHEDULED, by=by, until=at.isoformat(), draft=draft.pk)

    @transaction.atomic
    def hold_back(self, draft: Draft, *, by: Member | None, because: str = "") -> bool:
        """Do not send it later after all; False if it is not waiting any more."""
        this = cast("Conversation", self)
        this.lock("category")
        waiting = Draft.objects.filter(pk=draft.pk, send_at__isnull=False)
        if not waiting.update(send_at=None):
            return False
        draft.send_at = None
        whose = draft.member.pk
        this.record(Event.Kind.UNSCHEDULED, by=by, because=because, draft=draft.pk, whose=whose)
        return True

    def hold_back_waiting(self) -> None:
        """The customer has written first: what waits goes back to its writers."""
        this = cast("Conversation", self)
        this.lock("category")
        waiting = this.drafts.filter(send_at__isnull=False, send_even_if_they_write=False)
        for draft in waiting.select_related("member"):
            this.hold_back(draft, by=None, because=_("the customer wrote first"))

    @transaction.atomic
    def send_waiting(self, draft: Draft) -> Message | None:
        """Send what waited, once however often this is called; None if it waits no more."""
        this = cast("Conversation", self)
        this.lock("category")
        waiting = Draft.objects.filter(pk=draft.pk, send_at=draft.send_at)
        if draft.send_at is None or not waiting.update(send_at=None):
            return None
        message = this.reply(
            draft.text,
            by=draft.member,
            to=draft.to,
            cc=draft.cc,
            bcc=draft.bcc,
            alias=draft.alias,
            attachments=list(draft.attachments.all()),
        )
        if draft.then == "resolve":
            this.resolve(by=draft.member)
        draft.delete()
        return message


def _draft_again(this: "Conversation", message: Message, by: Member) -> Draft:
    """Its words and addresses; what has been begun since stands below them."""
    draft, _new = Draft.objects.get_or_create(
        conversation=this,
        member=by,
        kind=Draft.Kind.REPLY,
        defaults={"workspace_id": this.workspace_id},
    )
    draft.text = "\n\n".join(text for text in (message.new_text, draft.text) if text)
    draft.to, draft.cc, draft.bcc = message.to, message.cc, message.bcc
    draft.alias, draft.send_at = message.from_email, None
    draft.save()
    message.attachments.update(message=None, draft=draft)
    return draft


def _stand_again(this: "Conversation", message: Message, by: Member) -> None:
    """What was resolved along with the reply is open again."""
    resolved = this.events.filter(kind=Event.Kind.RESOLVED, member=by, number__gt=message.number)
    if this.category == "resolved" and resolved.exists():
        this.reopen(by=by, because=_("the reply was taken back"))


def _wait_again(this: "Conversation") -> None:
    """Whoever wrote last waits since then, as before the reply."""
    last = this.messages.order_by("-number").first()
    if last and last.kind == Message.Kind.IN and not last.is_automatic:
        type(this).objects.filter(pk=this.pk).update(waiting_since=last.created_at)
