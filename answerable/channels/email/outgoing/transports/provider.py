"""Mail that leaves by a provider's own interface, through django-anymail.

A provider sends to whomever it reads in To, so each recipient gets a mail with their own address
alone there. Where all must see each other, the provider's SMTP server is the way.
"""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext as _

from answerable.channels.email.models import MailAccount
from answerable.channels.email.outgoing.compose import Composed
from answerable.channels.email.outgoing.transports.way import Deferred, Lost, Refused
from answerable.channels.email.reading.headers import one_line

# Name on screen, anymail's backend, and what it calls the key.
PROVIDERS: dict[str, tuple[str, str, str]] = {
    "brevo": ("Brevo", "anymail.backends.brevo.EmailBackend", "api_key"),
    "mailersend": ("MailerSend", "anymail.backends.mailersend.EmailBackend", "api_token"),
    "mailgun": ("Mailgun", "anymail.backends.mailgun.EmailBackend", "api_key"),
    "mailgun-eu": ("Mailgun (EU)", "anymail.backends.mailgun.EmailBackend", "api_key"),
    "mailtrap": ("Mailtrap", "anymail.backends.mailtrap.EmailBackend", "api_token"),
    "postmark": ("Postmark", "anymail.backends.postmark.EmailBackend", "server_token"),
    "resend": ("Resend", "anymail.backends.resend.EmailBackend", "api_key"),
    "sendgrid": ("SendGrid", "anymail.backends.sendgrid.EmailBackend", "api_key"),
    "sparkpost": ("SparkPost", "anymail.backends.sparkpost.EmailBackend", "api_key"),
}
MORE: dict[str, dict[str, str]] = {"mailgun-eu": {"api_url": "https://api.eu.mailgun.net/v3"}}
CARRIED = ["Message-ID", "In-Reply-To", "References", "Date", "Auto-Submitted"]
CARRIED += ["X-Auto-Response-Suppress", "Precedence", "X-Loop"]
NOT_ABOUT_THIS_MAIL = {401, 402, 403, 408, 429}
NOT_SURE = {502, 504}  # somebody in between gave up waiting: the mail may have gone on


class Provider:
    """One provider, by its name and key."""

    def __init__(self, account: MailAccount) -> None:
        self._account = account

    def send(self, mail: Composed, begin: Callable[[], None]) -> str:
        if self._account.provider not in PROVIDERS:
            raise Deferred(_("No provider is chosen."))
        name, backend, key = PROVIDERS[self._account.provider]
        more = MORE.get(self._account.provider, {})
        secret = {key: self._account.provider_secret}
        connection = get_connection(backend, fail_silently=False, **secret, **more)
        letter = letter_of(mail)
        begin()
        _hand_over(connection, letter)
        return _("Accepted by %(name)s.") % {"name": name}


def _hand_over(connection: Any, letter: EmailMultiAlternatives) -> None:
    """Only an answer tells that it was not sent."""
    try:
        connection.send_messages([letter])
    except AnymailRecipientsRefused as refused:
        raise Refused(one_line(str(refused))[:230]) from refused
    except AnymailAPIError as wrong:
        status = getattr(wrong, "status_code", None)
        words = one_line(str(wrong))[:230]
        if status is None or status in NOT_SURE:
            raise Lost(_("The provider gave no answer that can be read.")) from wrong
        if status and 400 <= status < 500 and status not in NOT_ABOUT_THIS_MAIL:
            raise Refused(words) from wrong
        raise Deferred(words) from wrong
    except (AnymailError, ValueError) as wrong:
        raise Refused(one_line(str(wrong))[:230]) from wrong


def letter_of(mail: Composed) -> EmailMultiAlternatives:
    """The mail as Django knows one, for its one recipient."""
    read: Any = message_from_bytes(mail.raw, policy=default)
    plain, page = read.get_body(("plain",)), read.get_body(("html",))
    letter = EmailMultiAlternatives(
        subject=str(read["Subject"]),
        body=plain.get_content() if plain else "",
        from_email=str(read["From"]),
        to=[mail.recipient],
        reply_to=[str(read["Reply-To"])],
        headers={name: str(read[name]) for name in CARRIED if read[name]},
    )
    # Postmark makes a Message-ID of its own, unless it is asked not to.
    letter.extra_headers["X-PM-KeepID"] = "true"
    if page:
        letter.attach_alternative(page.get_content(), "text/html")
    _enclose(letter, read)
    return letter


def _enclose(letter: EmailMultiAlternatives, read: EmailMessage) -> None:
    for part in read.walk():
        is_words = part.get_content_type() in {"text/plain", "text/html"}
        is_file = not is_words or part.get_content_disposition() == "attachment"
        if is_file and not part.is_multipart():
            letter.attach(part)
