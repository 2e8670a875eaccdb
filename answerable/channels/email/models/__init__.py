"""Mail accounts, what they received, and what they have to deliver."""

from answerable.channels.email.models.account import Alias, ImapCursor, MailAccount
from answerable.channels.email.models.automatic import AutomaticMails
from answerable.channels.email.models.delivery import Delivery
from answerable.channels.email.models.mail import Mail
from answerable.channels.email.models.mail_id import MailId
from answerable.channels.email.models.outbox import Outgoing

__all__ = [
    "Alias",
    "AutomaticMails",
    "Delivery",
    "ImapCursor",
    "Mail",
    "MailAccount",
    "MailId",
    "Outgoing",
]
