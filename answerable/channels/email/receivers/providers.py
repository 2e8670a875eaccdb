"""Mail providers that post mail to us: how each proves that it is itself, and where the mail is.

Signatures are checked as django-anymail does. The mail is taken as the provider got it, wherever
that is in what it posts, so that nobody parses it before it is stored; where there is nothing
but the provider's own reading of it, anymail puts a mail together anew.
"""

import base64
import json
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from anymail.exceptions import AnymailInsecureWebhookWarning, AnymailNotSupportedWarning
from anymail.webhooks.base import AnymailCoreWebhookView
from anymail.webhooks.mailersend import MailerSendInboundWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.mailjet import MailjetInboundWebhookView
from anymail.webhooks.mandrill import MandrillCombinedWebhookView
from anymail.webhooks.postal import PostalInboundWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from anymail.webhooks.sendgrid import SendGridInboundWebhookView
from anymail.webhooks.sparkpost import SparkPostInboundWebhookView
from django.http import HttpRequest

# The secret in the address does what basic authentication would do.
warnings.filterwarnings("ignore", category=AnymailInsecureWebhookWarning)
warnings.filterwarnings("ignore", category=AnymailNotSupportedWarning)


@dataclass(frozen=True)
class Posted:
    """One mail that a provider handed over, with the envelope it tells."""

    raw: bytes
    sender: str = ""
    recipient: str = ""


Where = Callable[[HttpRequest], Iterable[Posted]]


@dataclass(frozen=True)
class Provider:
    """`key` names the provider's signing key in anymail, and `url_key` its own address there."""

    view: type[AnymailCoreWebhookView]
    where: Where
    key: str = ""
    url_key: str = ""

    def mails(self, request: HttpRequest, signing_key: str, address: str) -> list[Posted]:
        """What was posted. Raises what anymail raises, or KeyError and the like."""
        given = {self.key: signing_key, self.url_key: address}
        view = self.view(**{name: value for name, value in given.items() if name})
        view.setup(request)
        view.run_validators(request)
        found = list(self.where(request))
        return found or [_anew(event.message) for event in view.parse_events(request)]


def _anew(message: Any) -> Posted:
    return Posted(
        bytes(message.as_bytes()),
        message.envelope_sender or "",
        message.envelope_recipient or "",
    )


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _mailersend(request: HttpRequest) -> Iterable[Posted]:
    data = json.loads(request.body)["data"]
    recipients = data.get("recipients", {}).get("rcptTo", [])
    recipient = recipients[0]["email"] if recipients else ""
    yield Posted(_bytes(data["raw"]), data.get("sender", {}).get("email", ""), recipient)


def _mailgun(request: HttpRequest) -> Iterable[Posted]:
    post = request.POST
    if "body-mime" in post:
        yield Posted(_bytes(post["body-mime"]), post.get("sender", ""), post.get("recipient", ""))


def _mandrill(request: HttpRequest) -> Iterable[Posted]:
    for event in json.loads(request.POST["mandrill_events"]):
        if event.get("event") == "inbound":
            yield Posted(_bytes(event["msg"]["raw_msg"]), "", event["msg"].get("email", ""))


def _postal(request: HttpRequest) -> Iterable[Posted]:
    event = json.loads(request.body)
    raw = event["message"]
    raw = base64.b64decode(raw) if event.get("base64") else _bytes(raw)
    yield Posted(raw, event.get("mail_from", ""), event.get("rcpt_to", ""))


def _postmark(request: HttpRequest) -> Iterable[Posted]:
    event = json.loads(request.body)
    if raw := event.get("RawEmail"):
        yield Posted(_bytes(raw), "", event.get("OriginalRecipient", ""))


def _sendgrid(request: HttpRequest) -> Iterable[Posted]:
    if raw := request.POST.get("email"):
        envelope = json.loads(request.POST.get("envelope") or "{}")
        yield Posted(_bytes(raw), envelope.get("from", ""), next(iter(envelope.get("to", ())), ""))


def _sparkpost(request: HttpRequest) -> Iterable[Posted]:
    for event in json.loads(request.body):
        mail = event.get("msys", {}).get("relay_message")
        if mail:
            raw = mail["content"]["email_rfc822"]
            is_encoded = mail["content"].get("email_rfc822_is_base64")
            raw = base64.b64decode(raw) if is_encoded else _bytes(raw)
            yield Posted(raw, mail.get("msg_from", ""), mail.get("rcpt_to", ""))


def _nowhere(_: HttpRequest) -> Iterable[Posted]:
    return ()


MAILGUN: Final = Provider(MailgunInboundWebhookView, _mailgun, "webhook_signing_key")
PROVIDERS: Final = {
    "mailersend": Provider(MailerSendInboundWebhookView, _mailersend, "inbound_secret"),
    "mailgun": MAILGUN,
    # Mailgun hands over the mail itself when the address has this word, and its reading else.
    "mailgun-mime": MAILGUN,
    "mailjet": Provider(MailjetInboundWebhookView, _nowhere),
    "mandrill": Provider(MandrillCombinedWebhookView, _mandrill, "webhook_key", "webhook_url"),
    "postal": Provider(PostalInboundWebhookView, _postal, "webhook_key"),
    "postmark": Provider(PostmarkInboundWebhookView, _postmark),
    "sendgrid": Provider(SendGridInboundWebhookView, _sendgrid),
    "sparkpost": Provider(SparkPostInboundWebhookView, _sparkpost),
}
