"""Pressing Retry: what was refused, or is perhaps sent, is tried once more, as the same mail."""

from django.db import transaction

from answerable.channels.email.models import Delivery
from answerable.channels.email.outgoing.standing import note
from answerable.conversations.models import Message

State = Delivery.State
CAN_BE_RETRIED = [State.FAILED, State.UNKNOWN, State.DEFERRED]


@transaction.atomic
def retry(message: Message) -> int:
    """How many of its deliveries are due again. One that is just being tried is left alone."""
    waiting = Delivery.objects.filter(message=message, state__in=CAN_BE_RETRIED)
    again = [delivery for delivery in waiting.order_by("pk") if delivery.retry()]
    for delivery in again:
        note(delivery, State.PLANNED)
    return len(again)
