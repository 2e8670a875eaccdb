"""What a written answer still needs: its Message-ID, and one delivery per recipient."""

from answerable.channels.email.models import Delivery, MailAccount, MailId
from answerable.channels.email.tokens import message_id_for
from answerable.conversations.channel import Unsendable
from answerable.conversations.models import Message, Participant
from answerable.customers.models import Identity
from answerable.kit.secrets import keys_for

MOST_RECIPIENTS = 100


def plan(message: Message) -> None:
    """Fix the Message-ID and write the deliveries, in the transaction of the answer."""
    account = MailAccount.objects.get(inbox=message.conversation.inbox_id)
    if not message.recipients:
        raise Unsendable("Nobody is in To.")
    if len(message.recipients) > MOST_RECIPIENTS:
        raise Unsendable(f"More than {MOST_RECIPIENTS} recipients.")
    message.message_id = message_id_for(
        message.pk, message.conversation_id, account.domain, keys_for("mail tokens")
    )
    message.from_email = message.from_email or account.address
    message.subject = message.subject or message.conversation.subject
    message.delivery = Message.Delivery.PLANNED
    message.save(update_fields=["message_id", "from_email", "subject", "delivery"])
    MailId.objects.create(
        workspace_id=message.workspace_id,
        id_hash=MailId.hash_of(message.message_id),
        message=message,
    )
    for kind, addresses in (("to", message.to), ("cc", message.cc), ("bcc", message.bcc)):
        for address in addresses:
            _deliver(message, account, address, kind)


def _deliver(message: Message, account: MailAccount, address: str, kind: str) -> None:
    identity = Identity.objects.of_address(message.workspace_id, address)
    participant: Participant | None = None
    if kind != Delivery.As.BCC:
        message.conversation.take_part(identity)
        participant = message.conversation.participants.get(identity=identity)
    Delivery.objects.get_or_create(
        message=message,
        recipient=address,
        defaults={
            "workspace_id": message.workspace_id,
            "account": account,
            "participant": participant,
            "recipient_as": kind,
        },
    )
