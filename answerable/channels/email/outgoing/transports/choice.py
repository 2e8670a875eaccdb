"""Which way an account's mail leaves."""

from answerable.channels.email.models import MailAccount
from answerable.channels.email.outgoing.transports.provider import Provider
from answerable.channels.email.outgoing.transports.smtp import Smtp
from answerable.channels.email.outgoing.transports.way import Transport


def transport_of(account: MailAccount) -> Transport:
    if account.outgoing == MailAccount.Outgoing.PROVIDER:
        return Provider(account)
    return Smtp(account)
