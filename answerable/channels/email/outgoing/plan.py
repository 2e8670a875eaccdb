"""What a written answer still needs: its Message-ID, and one delivery per recipient."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from answerable.channels.email.models import Alias, Delivery, MailAccount, MailId
from answerable.channels.email.outgoing.history import history_of
from answerable.channels.email.outgoing.tongue import spoken_in
from answerable.channels.email.reading.addresses import is_address
from answerable.channels.email.tokens import message_id_for
from answerable.conversations.channel import Unsendable
from answerable.conversations.models import Message, Participant
from answerable.customers.models import Identity
from answerable.kit.due import wake
from answerable.kit.secrets import keys_for

MOST_RECIPIENTS = 100


def plan(message: Message, *, not_before: datetime | None = None) -> None:
    """Fix the Message-ID and write the deliveries, in the transaction of the answer."""
    due = not_before or timezone.now()
    account = MailAccount.objects.get(inbox=message.conversation.inbox_id)
    _settle_recipients(message)
    _settle_sender(message, account)
    message.message_id = message_id_for(
        message.pk, message.conversation_id, account.domain, keys_for("mail tokens")
    )
    message.subject = message.subject or message.conversation.subject
    message.delivery = Message.Delivery.PLANNED
    takers = [
        _deliver(message, account, address, kind, due)
        for kind, addresses in (("to", message.to), ("cc", message.cc), ("bcc", message.bcc))
        for address in addresses
    ]
    message.signature = message.signature or _signature_of(message, account)
    if account.quote_history and not message.is_automatic:
        with spoken_in(account.workspace):
            message.quoted = history_of(message, takers)
    message.save()
    MailId.objects.create(
        workspace_id=message.workspace_id,
        id_hash=MailId.hash_of(message.message_id),
        message=message,
    )
    wake(Delivery)


def _settle_recipients(message: Message) -> None:
    """Each address once, none of our own among them, not too many, all of them addresses."""
    seen = _own(message)
    for name in ("to", "cc", "bcc"):
        kept = list(_new_ones(getattr(message, name), seen))
        setattr(message, name, kept)
    if not message.to:
        raise Unsendable(_("Nobody is left in To: an answer cannot go to our own address."))
    if len(message.recipients) > MOST_RECIPIENTS:
        raise Unsendable(_("More than %(most)s people would get this.") % {"most": MOST_RECIPIENTS})


def _new_ones(addresses: Iterable[str], seen: set[str]) -> Iterable[str]:
    for written in addresses:
        address = str(written).strip()
        if not is_address(address):
            raise Unsendable(_("“%(address)s” is not an address.") % {"address": address[:80]})
        known_as = {address.casefold(), without_tag(address)}
        if not known_as & seen:
            seen.add(address.casefold())
            yield address


def _own(message: Message) -> set[str]:
    """Where mail would come straight back to this workspace (T092, T095)."""
    accounts = MailAccount.objects.filter(workspace=message.workspace_id)
    aliases = Alias.objects.filter(workspace=message.workspace_id)
    both = [*accounts.values_list("address", flat=True), *aliases.values_list("address", flat=True)]
    return {address.casefold() for address in both}


def without_tag(address: str) -> str:
    """carl+lamps@… is carl@…, in lower case."""
    local, _at, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _settle_sender(message: Message, account: MailAccount) -> None:
    """From is the account or one of its aliases, whatever was asked for (T101)."""
    message.from_email = message.from_email or account.address
    if message.from_email not in account.addresses:
        raise Unsendable(
            _("“%(address)s” is not an address of this inbox.")
            % {"address": message.from_email[:80]}
        )


def _signature_of(message: Message, account: MailAccount) -> str:
    """The member's, then the inbox's, as they are now: a retry must be the same mail."""
    own = message.member.signature if message.member else ""
    return "\n".join(part.strip() for part in (own, account.signature) if part.strip())


def _deliver(
    message: Message, account: MailAccount, address: str, kind: str, due: datetime
) -> Participant | None:
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
            "is_automatic": message.is_automatic,
            "next_at": due,
        },
    )
    return participant
