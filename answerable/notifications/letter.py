"""A notification as a mail: who did what, the words, and an address to answer at."""

from datetime import timedelta
from email.utils import make_msgid

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from answerable.channels.email.models import MailAccount
from answerable.channels.email.tokens import MemberToken, TooLong
from answerable.conversations.models import Conversation, Event
from answerable.kit.secrets import keys_for
from answerable.notifications.models import Notification
from answerable.workspaces.models import Member
from answerable.workspaces.models.notice import Notice

ANSWERABLE_FOR = timedelta(days=14)
LONGEST_TEXT = 20_000


def notice_of(told: Notification) -> Notice | None:
    """The mail, in the member's language; None where a mail would only be noise."""
    event, member = told.event, told.member
    with translation.override(member.user.language or member.workspace.language):
        words = _words(event)
        if not words:
            return None
        conversation = event.conversation
        reply_to = _reply_address(conversation, member)
        return Notice(
            workspace_id=told.workspace_id,
            to=member.user.email,
            subject=f"#{conversation.number} {conversation.subject}"[:250],
            text=_text(event, words, can_answer=bool(reply_to)),
            headers=_headers(conversation, reply_to),
            message_id=make_msgid(domain=settings.SITE_HOST),
        )


def _words(event: Event) -> str:
    """What happened, in one line."""
    who = _who(event)
    told = {
        Event.Kind.RECEIVED: _("%s wrote:"),
        Event.Kind.REPLIED: _("%s answered:"),
        Event.Kind.NOTED: _("%s wrote a note (only your team sees it):"),
        Event.Kind.ASSIGNED: _("%s gave this conversation to you."),
    }
    if event.kind in told:
        return told[Event.Kind(event.kind)] % who
    if event.kind in {Event.Kind.BOUNCED, Event.Kind.DELIVERY_CHANGED} and event.because:
        return _("Your answer was not delivered: %s") % event.because
    return ""


def _who(event: Event) -> str:
    if event.member:
        return event.member.display_name
    if event.message:
        return event.message.from_name or event.message.from_email
    return _("The system")


def _text(event: Event, words: str, *, can_answer: bool) -> str:
    said = event.note.text if event.note else event.message.new_text if event.message else ""
    path = reverse(
        "conversation", args=[event.conversation.workspace.slug, event.conversation.number]
    )
    parts = [words]
    if said:
        parts.append(said[:LONGEST_TEXT])
    parts.append(f"{settings.SITE_URL}{path}")
    if can_answer:
        parts.append(_("Answer this mail to answer the customer."))
    return "\n\n".join(parts)


def _headers(conversation: Conversation, reply_to: str) -> dict[str, str]:
    thread = f"<conversation.{conversation.pk}@{settings.SITE_HOST}>"
    headers = {"References": thread, "In-Reply-To": thread, "X-Auto-Response-Suppress": "All"}
    return headers | ({"Reply-To": reply_to} if reply_to else {})


def _reply_address(conversation: Conversation, member: Member) -> str:
    """Where this member, and nobody else, can answer for two weeks; empty where none fits."""
    account = MailAccount.objects.filter(inbox=conversation.inbox_id, active=True).first()
    if account is None:
        return ""
    token = MemberToken.until(
        timezone.now() + ANSWERABLE_FOR, conversation_pk=conversation.pk, member_pk=member.pk
    )
    try:
        return token.address(account.address, keys_for("mail tokens"))
    except TooLong:
        return ""
