"""Reports about mails of ours: bounces, delays and complaints, told where they belong.

A report counts only with our own signature on it, in its address or in the Message-ID that it
names, and only for a recipient that the mail really had (T096).
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from answerable.channels.email.models import Delivery, Mail
from answerable.channels.email.reading import Failure, Letter
from answerable.channels.email.tokens import BounceToken, parse_message_id
from answerable.channels.email.whose import addresses_of
from answerable.conversations.models import Event, Message
from answerable.customers.models import Identity
from answerable.kit.secrets import keys_for


class Unasked(Exception):
    """A report about a mail that we did not send, or that does not prove that we did."""


@transaction.atomic
def take_report(letter: Letter, mail: Mail) -> Message:
    """Note what the report says. Raises Unasked when it proves no mail of ours."""
    deliveries = list(_deliveries(letter, mail))
    if not deliveries or deliveries[0].message is None:
        raise Unasked(_("It reports on a mail that we did not send."))
    message = deliveries[0].message
    if letter.is_complaint:
        _note_complaint(message, deliveries)
    for delivery, failure in _pairs(deliveries, letter.failures):
        _note_failure(message, delivery, failure)
    return message


def _deliveries(letter: Letter, mail: Mail) -> Iterable[Delivery]:
    keys = keys_for("mail tokens")
    ours = Delivery.objects.filter(workspace_id=mail.workspace_id)
    ours = ours.select_related("message__conversation__workspace")
    for address in addresses_of(letter, mail):
        if address and (token := BounceToken.read(address, keys)):
            return ours.filter(pk=token.delivery_pk)
    if sent := parse_message_id(letter.bounced_message_id, keys):
        return ours.filter(message=sent.message_pk)
    return []


def _pairs(
    deliveries: list[Delivery], failures: tuple[Failure, ...]
) -> Iterable[tuple[Delivery, Failure]]:
    """Each failure with the delivery it speaks of; one alone needs no name."""
    by_address = {delivery.recipient.casefold(): delivery for delivery in deliveries}
    for failure in failures:
        if found := by_address.get(failure.address.casefold()):
            yield found, failure
        elif len(deliveries) == len(failures) == 1:
            yield deliveries[0], failure


def _note_failure(message: Message, delivery: Delivery, failure: Failure) -> None:
    reason = (failure.explanation or failure.reason)[:250]
    if failure.hard:
        now = timezone.now()
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.FAILED, answer=reason, bounced_at=now, next_at=None
        )
        Message.objects.filter(pk=message.pk).update(
            delivery=Message.Delivery.FAILED, delivery_error=reason
        )
        _identities(delivery).update(bounced_at=now, bounce_reason=reason)
    message.conversation.record(
        Event.Kind.BOUNCED,
        message=message,
        because=reason,
        recipient=delivery.recipient,
        status=failure.status,
        hard=failure.hard,
    )


def _note_complaint(message: Message, deliveries: list[Delivery]) -> None:
    for delivery in deliveries:
        _identities(delivery).update(complained_at=timezone.now())
    message.conversation.record(Event.Kind.COMPLAINED, message=message)


def _identities(delivery: Delivery) -> QuerySet[Identity]:
    value = Identity.normal(Identity.Kind.EMAIL, delivery.recipient)
    return Identity.objects.filter(
        workspace_id=delivery.workspace_id, kind=Identity.Kind.EMAIL, value=value
    )
