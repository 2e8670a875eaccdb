"""Where mail providers post the mail they received for us."""

import logging
from email.errors import MessageError
from typing import Final

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from answerable.channels.email.arrival import Arrival, Fate, ReceivedBy
from answerable.channels.email.models import MailAccount
from answerable.channels.email.receivers.posted_form import TooLarge, read_whole
from answerable.channels.email.receivers.providers import PROVIDERS, Posted
from answerable.channels.email.store import write
from answerable.workspaces import door

log = logging.getLogger("answerable.mail")

# What a payload that is not what it should be makes of anymail's readers and of ours.
UNREADABLE: Final = (
    *(AnymailError, ImproperlyConfigured, MessageError),
    *(ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError),
)


@csrf_exempt
@door.public
@require_http_methods(["POST", "HEAD"])
def posted_mails(request: HttpRequest, account: int, secret: str, provider: str) -> HttpResponse:
    """The secret in the address says whose mail it is, the signature who posts it."""
    theirs = _account(account, secret)
    if provider not in PROVIDERS:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    try:
        # JSON and base64 make a mail half as large again.
        read_whole(request, settings.MAIL_LIMIT * 3 // 2)
        mails = PROVIDERS[provider].mails(
            request, theirs.webhook_signing_key, address_for(theirs, provider)
        )
    except TooLarge:
        return _refusal(413, provider, "it is too large")
    except AnymailWebhookValidationFailure:
        return _refusal(403, provider, "its signature is wrong or missing")
    except UNREADABLE as problem:
        return _refusal(400, provider, f"it cannot be read: {type(problem).__name__}")
    return _kept(theirs, mails)


def address_for(account: MailAccount, provider: str) -> str:
    """What the account page shows, to be entered at the provider."""
    secret = account.webhook_secret
    return settings.SITE_URL + reverse("posted_mails", args=[account.pk, secret, provider])


def _account(pk: int, secret: str) -> MailAccount:
    account = MailAccount.objects.filter(pk=pk, active=True).first()
    # Compared in any case, so that the time does not tell which accounts there are.
    known = account.webhook_secret if account else ""
    if not constant_time_compare(known or "\0", secret) or account is None:
        raise Http404
    return account


def _kept(account: MailAccount, mails: list[Posted]) -> HttpResponse:
    arrivals = [_arrival(account, mail) for mail in mails]
    try:
        outcomes = write(arrivals) if arrivals else []
    except (DatabaseError, InterfaceError, OSError):
        return _later()
    fates = {outcome.fate for each in outcomes for outcome in each.values()}
    return HttpResponse() if fates <= {Fate.STORED} else _later()


def _arrival(account: MailAccount, mail: Posted) -> Arrival:
    """For the recipient that the provider names, if that is ours: it may be a reply address."""
    taker = MailAccount.objects.takers([mail.recipient]).get(mail.recipient)
    is_ours = taker is not None and taker.account_id == account.pk
    recipient = mail.recipient if is_ours else account.address
    return Arrival(mail.raw, mail.sender, (recipient,), ReceivedBy.WEBHOOK)


def _later() -> HttpResponse:
    return HttpResponse("Try again later.", status=503, headers={"Retry-After": "60"})


def _refusal(status: int, provider: str, reason: str) -> HttpResponse:
    log.warning("what %s posted was refused: %s", provider, reason)
    return HttpResponse("Refused.", status=status)
