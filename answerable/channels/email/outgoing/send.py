"""One delivery, from planned to accepted, deferred, failed or unknown.

planned ─▶ (line, envelope) ─▶ SENDING, committed ─▶ DATA … dot ─▶ the server's answer
   ▲              │                     │                 │
   └─ deferred ◀──┘                     │                 ├─ 250 accepted
                                        │                 ├─ 4xx deferred, 5xx failed
            killed here: the lease runs out, and it is    └─ no answer: unknown
            unknown, because the mail may have been sent
"""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from answerable.channels.email.authenticity.signing import NotSigned, sign
from answerable.channels.email.models import Delivery, MailAccount
from answerable.channels.email.outgoing.compose import Composed, compose
from answerable.channels.email.outgoing.fields import Unbuildable
from answerable.channels.email.outgoing.standing import note
from answerable.channels.email.outgoing.transports import outbox
from answerable.channels.email.outgoing.transports.choice import transport_of
from answerable.channels.email.outgoing.transports.way import Deferred, Lost, Refused
from answerable.kit.due import Again, ForGood

State = Delivery.State
MOST_TRIES = 78  # with the waits of a delivery, these are three days


def send(delivery: Delivery) -> None:
    """One attempt on a claimed delivery."""
    if delivery.state in {State.ACCEPTED, State.FAILED, State.UNKNOWN}:
        return
    if delivery.state == State.SENDING:
        _lost(delivery, _("The program was stopped while the mail server was taking it."))
        return
    _fetch_what_it_needs(delivery)
    mail = _composed(delivery)
    if delivery.account.outgoing == MailAccount.Outgoing.OUTBOX:
        with transaction.atomic():
            _accepted(delivery, outbox.keep(delivery, mail))
        return
    _hand_over(delivery, mail)


def _fetch_what_it_needs(delivery: Delivery) -> None:
    """In one query, on the row that was claimed."""
    with_all = Delivery.objects.select_related(
        "account", "workspace", "message__member", "message__conversation"
    )
    found = with_all.get(pk=delivery.pk)
    delivery.account, delivery.workspace = found.account, found.workspace
    delivery.message = found.message


def _hand_over(delivery: Delivery, mail: Composed) -> None:
    try:
        answer = transport_of(delivery.account).send(mail, lambda: begin(delivery))
        with transaction.atomic():
            _accepted(delivery, answer)
    except Refused as refused:
        delivery.state = State.FAILED
        raise ForGood(str(refused)) from refused
    except Deferred as deferred:
        delivery.state = State.DEFERRED
        _defer(delivery, str(deferred))
    except Lost as lost:
        _lost(delivery, str(lost))


def begin(delivery: Delivery) -> None:
    """From here on it may have been sent. Raises LeaseLost if another worker has it."""
    with transaction.atomic():
        delivery.keep()
        note(delivery, State.SENDING)


def _composed(delivery: Delivery) -> Composed:
    """The mail, signed. What cannot be built fails, with words, and stops nothing else (T100)."""
    account = delivery.account
    try:
        mail = compose(delivery)
        if account.dkim_selector and account.dkim_key:
            signed = sign(mail.raw, account.domain, account.dkim_selector, account.dkim_key)
            mail = replace(mail, raw=signed)
    except NotSigned as wrong:
        raise ForGood(_("It could not be signed: %(why)s") % {"why": wrong}) from wrong
    except Unbuildable as wrong:
        raise ForGood(str(wrong)) from wrong
    except (ValueError, LookupError, TypeError) as wrong:
        raise ForGood(_("No mail can be made of it: %(why)s") % {"why": wrong}) from wrong
    return mail


def _accepted(delivery: Delivery, answer: str) -> None:
    delivery.finish()
    note(delivery, State.ACCEPTED, answer=answer, sent_at=timezone.now())


def _lost(delivery: Delivery, why: str) -> None:
    with transaction.atomic():
        delivery.finish()
        note(delivery, State.UNKNOWN, answer=why)


def _defer(delivery: Delivery, why: str) -> None:
    if delivery.attempts >= MOST_TRIES:
        raise ForGood(_("Given up after three days. The last answer: %(why)s") % {"why": why})
    raise Again(why)
