"""How this installation opens a mailbox, and says in words why it could not."""

import ssl

from answerable.channels.email.models import MailAccount
from answerable.channels.email.receivers.mailbox import (
    Broken,
    Mailbox,
    NoFolder,
    NotPlain,
    Security,
    Unwelcome,
    Way,
)
from answerable.channels.email.receivers.oauth import NoToken, Tokens
from answerable.kit.web import NoWay

Trouble = (*Broken, Unwelcome, NotPlain, NoToken)


class Means:
    """How this installation reaches other machines."""

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.tls = tls
        self.tokens = Tokens()

    def open(self, account: MailAccount) -> Mailbox:
        """The mailbox of an account. Raises one of `Trouble`."""
        way = self.way_of(account)
        try:
            return Mailbox(way, tls=self.tls)
        except Unwelcome:
            self.tokens.forget(account)
            raise

    def way_of(self, account: MailAccount) -> Way:
        with_token = account.imap_auth == MailAccount.Auth.XOAUTH2
        return Way(
            host=account.imap_host,
            port=account.imap_port,
            user=account.imap_user,
            security=Security(account.imap_security),
            folder=account.imap_folder,
            password="" if with_token else account.imap_secret,
            token=self.tokens.access_token(account) if with_token else "",
        ).checked()


def in_words(problem: Exception) -> str:
    """What went wrong, for the account page; never what the other machine said (T034)."""
    match problem:
        case NoWay() | NotPlain() | NoToken():
            return str(problem)
        case NoFolder():
            return "The mailbox has no folder of this name."
        case Unwelcome():
            return "The server refuses the user name, password or token."
        case ssl.SSLError():
            return "The server cannot be trusted: its certificate is not valid for this name."
        case OSError():
            return "The server does not answer."
        case _:
            return "The server ended the conversation or does not speak IMAP."
