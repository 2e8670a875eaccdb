"""What conversations do by themselves when their time comes."""

import logging

from django.utils.translation import gettext as _

from answerable.conversations.channel import Unsendable
from answerable.conversations.models import Conversation, Draft
from answerable.workspaces.rights import Right

AT_ONCE = 500
log = logging.getLogger(__name__)


def wake_snoozed() -> None:
    """Bring back the conversations whose snooze has run out. Safe to run as often as you like."""
    for conversation in Conversation.objects.due_to_wake().order_by("snoozed_until")[:AT_ONCE]:
        conversation.wake(because=_("its time was up"))


def send_waiting() -> None:
    """Send the answers whose moment has come. Each is sent once, however often this runs."""
    due = Draft.objects.due_to_send().select_related("member__role", "conversation__inbox")
    for draft in due.order_by("send_at")[:AT_ONCE]:
        try:
            _send(draft)
        except Exception:
            # One that breaks must not keep the others from their moment.
            log.exception("The waiting answer %s was not sent", draft.pk)


def _send(draft: Draft) -> None:
    conversation = draft.conversation
    if conversation is None:
        return
    may = draft.member.active and draft.member.may(Right.ANSWER)
    if not may or not conversation.is_visible_to(draft.member):
        conversation.hold_back(draft, by=None, because=_("its writer may not answer here any more"))
    elif conversation.shelf in {"spam", "trash", "merged"}:
        conversation.hold_back(draft, by=None, because=_("the conversation was put aside"))
    else:
        try:
            conversation.send_waiting(draft)
        except Unsendable as why:
            conversation.hold_back(draft, by=None, because=str(why))
