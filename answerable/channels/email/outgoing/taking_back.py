"""Taking an answer back while none of its mails has begun to leave."""

from django.db import transaction

from answerable.channels.email.models import Delivery
from answerable.conversations.models import Message


@transaction.atomic
def take_back(message: Message) -> bool:
    """All of them or none: of this and a worker that claims one, the first one wins."""
    every = Delivery.objects.filter(message=message)
    waiting = every.filter(state=Delivery.State.PLANNED, attempts=0, lease_until=None)
    if waiting.update(next_at=None) == every.count():
        return True
    transaction.set_rollback(True)
    return False
