"""Mail that is kept instead of sent, until an account has a mail server."""

from answerable.channels.email.models import Delivery, Outgoing
from answerable.channels.email.outgoing.compose import Composed


def keep(delivery: Delivery, mail: Composed) -> str:
    """In the transaction that notes it as accepted: kept once, or not at all."""
    Outgoing.objects.create(
        workspace_id=delivery.workspace_id,
        account_id=delivery.account_id,
        delivery=delivery,
        recipient=delivery.recipient,
        subject=mail.subject[:500],
        raw=mail.raw,
    )
    return "Kept in the outbox."
