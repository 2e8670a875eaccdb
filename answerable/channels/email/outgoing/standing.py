"""Where a delivery stands, where its message stands with it, and who must hear of that."""

from answerable.channels.email.models import Delivery
from answerable.conversations.models import Event, Message

State = Delivery.State
# The worst first: a message stands where the worst of its deliveries does.
FROM_THE_WORST = [
    State.FAILED,
    State.UNKNOWN,
    State.DEFERRED,
    State.SENDING,
    State.PLANNED,
    State.ACCEPTED,
]
# What people are told of; of the rest, open pages alone.
IN_TROUBLE = {State.FAILED, State.UNKNOWN}


def note(delivery: Delivery, state: Delivery.State, **change: object) -> None:
    """Write the delivery's new state and its message's. Call it inside the transaction."""
    was = delivery.state
    if "answer" in change:
        change["answer"] = str(change["answer"])[:250]
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **change)
    delivery.state = state
    message = delivery.message
    if message is None:
        return
    is_seen = _note_message(message)
    is_told = state in IN_TROUBLE or (state == State.ACCEPTED and _was_in_trouble(delivery))
    if is_told or is_seen:
        message.conversation.record(
            Event.Kind.DELIVERY_CHANGED,
            message=message,
            because=str(change.get("answer", "")) if is_told else "",
            delivery=delivery.pk,
            state=state.value,
            was=str(was),
        )


def _was_in_trouble(delivery: Delivery) -> bool:
    """Whether people were told so. Only what had a bad answer once can have been."""
    if not delivery.answer:
        return False
    told = Event.objects.filter(message=delivery.message_id, kind=Event.Kind.DELIVERY_CHANGED)
    last = told.filter(particulars__delivery=delivery.pk).order_by("-number").first()
    return last is not None and last.particulars.get("state") in IN_TROUBLE


def _note_message(message: Message) -> bool:
    """Stand it where its worst delivery does; True if an open page must show that now."""
    deliveries = dict(
        Delivery.objects.filter(message=message).order_by("-pk").values_list("state", "answer")
    )
    worst = next((state for state in FROM_THE_WORST if state in deliveries), State.ACCEPTED)
    error = "" if worst == State.ACCEPTED else deliveries.get(worst, "")
    rows = Message.objects.filter(pk=message.pk).exclude(delivery=worst.value)
    changed = rows.update(delivery=worst.value, delivery_error=error)
    return bool(changed) and worst not in {State.PLANNED, State.SENDING}
