"""Which way an account's mail leaves."""

from answerable.channels.email.models import MailAccount
from answerable.channels.email.outgoing.transports.way import Deferred, Transport


def transport_of(account: MailAccount) -> Transport:
    raise Deferred(f"{account} has no mail server yet.")
