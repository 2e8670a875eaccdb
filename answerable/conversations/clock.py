"""What conversations do by themselves when their time comes."""

from django.utils.translation import gettext as _

from answerable.conversations.models import Conversation

AT_ONCE = 500


def wake_snoozed() -> None:
    """Bring back the conversations whose snooze has run out. Safe to run as often as you like."""
    for conversation in Conversation.objects.due_to_wake().order_by("snoozed_until")[:AT_ONCE]:
        conversation.wake(because=_("its time was up"))
