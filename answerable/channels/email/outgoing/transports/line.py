"""A line to an account's SMTP server: vetted, secured, and signed in to."""

import ipaddress
import select
import smtplib
import socket
import ssl
import time
from contextlib import ExitStack, suppress

from django.utils.translation import gettext as _

from answerable.channels.email.models import MailAccount
from answerable.channels.email.outgoing.transports.way import Deferred
from answerable.channels.email.receivers.oauth import NoToken, Tokens
from answerable.kit.web import NoWay, is_public, vetted_socket, within

SMTP_PORTS = frozenset({25, 465, 587, 2525, 2587})
SECONDS = 30.0
GREETING_SECONDS = 60.0
IDLE_SECONDS = 20.0
MOST_MAILS = 100
TOKENS = Tokens()


class Line(smtplib.SMTP):
    """smtplib over a line that was vetted, TLS from its start where that is wanted."""

    def __init__(self, account: MailAccount) -> None:
        super().__init__(local_hostname=_ascii(account.domain), timeout=SECONDS)
        self.account = account
        self.mails = 0
        self.used_at = time.monotonic()
        self.is_fresh = True
        self.bound = ExitStack()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        made = vetted_socket(host, port, ports=SMTP_PORTS)
        made.settimeout(timeout)
        self.bound.enter_context(within(made, GREETING_SECONDS))
        if self.account.smtp_security == MailAccount.Security.TLS:
            made = _context().wrap_socket(made, server_hostname=host)
        return made

    @property
    def open_socket(self) -> socket.socket:
        """Raises Deferred when the line is closed."""
        if self.sock is None:
            raise Deferred(_("The line to the mail server broke."))
        return self.sock

    @property
    def is_good(self) -> bool:
        """Whether it may carry one more mail: young, open, and silent since."""
        if self.sock is None or self.mails >= MOST_MAILS:
            return False
        if time.monotonic() - self.used_at > IDLE_SECONDS:
            return False
        return not select.select([self.sock], [], [], 0)[0]

    def keep_since_now(self) -> None:
        self.used_at, self.is_fresh = time.monotonic(), False

    def drop(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self.close()


def opened(account: MailAccount) -> Line:
    """A new line, signed in. Raises Deferred, in words that repeat nothing of the server's."""
    line = Line(account)
    try:
        with line.bound:
            _connect(line, account)
            _sign_in(line, account)
    except Deferred:
        line.drop()
        raise
    except (OSError, smtplib.SMTPException, UnicodeError) as wrong:
        line.drop()
        raise Deferred(_in_words(wrong, account)) from wrong
    return line


def takes_sender(account: MailAccount) -> bool:
    """Whether the server lets us in and takes our address; no mail is sent. Raises Deferred."""
    line = opened(account)
    try:
        with within(line.open_socket, SECONDS):
            return bool(line.mail(account.address)[0] == 250)
    except (OSError, smtplib.SMTPException) as broken:
        raise Deferred(_("The line to the mail server broke.")) from broken
    finally:
        line.drop()


def _connect(line: Line, account: MailAccount) -> None:
    # smtplib checks the certificate against the name that it was given when it was made.
    line._host = account.smtp_host  # type: ignore[attr-defined]
    code, _words = line.connect(account.smtp_host, account.smtp_port)
    if code != 220:
        raise Deferred(_("%(host)s takes no mail from us now.") % {"host": account.smtp_host})
    line.ehlo_or_helo_if_needed()
    if account.smtp_security == MailAccount.Security.STARTTLS:
        if not line.has_extn("starttls"):
            raise Deferred(_("The server offers no STARTTLS. Nothing is sent in the clear."))
        line.starttls(context=_context())
        line.ehlo()
    elif account.smtp_security == MailAccount.Security.NONE and _is_far(line.open_socket):
        raise Deferred(_("A server on the Internet is used with TLS only."))


def _is_far(line: socket.socket) -> bool:
    return is_public(ipaddress.ip_address(line.getpeername()[0]))


def _sign_in(line: Line, account: MailAccount) -> None:
    if not account.smtp_user:
        return
    if account.smtp_auth == MailAccount.Auth.PASSWORD:
        line.login(account.smtp_user, account.smtp_secret)
        return
    try:
        token = TOKENS.access_token(account)
    except NoToken as wrong:
        raise Deferred(str(wrong)) from wrong
    said = f"user={account.smtp_user}\x01auth=Bearer {token}\x01\x01"
    try:
        line.auth("XOAUTH2", lambda challenge=None: "" if challenge else said)
    except smtplib.SMTPAuthenticationError:
        TOKENS.forget(account)
        raise


def _in_words(wrong: Exception, account: MailAccount) -> str:
    where = {"host": account.smtp_host, "port": account.smtp_port}
    match wrong:
        case NoWay():
            return str(wrong)
        case ssl.SSLCertVerificationError():
            return _("The certificate of %(host)s does not hold for this name.") % where
        case ssl.SSLError():
            return _("%(host)s, port %(port)s speaks no TLS this way.") % where
        case smtplib.SMTPAuthenticationError():
            return _("%(host)s does not accept the user and password.") % where
        case smtplib.SMTPNotSupportedError():
            return _("%(host)s offers no way to sign in that we know.") % where
    return _("%(host)s, port %(port)s does not answer as a mail server.") % where


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return "localhost"
