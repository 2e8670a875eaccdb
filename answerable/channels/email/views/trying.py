"""Trying an account: each direction, its key, and what its domain publishes, in words."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.channels.email.authenticity.advice import Expected, check_domain
from answerable.channels.email.authenticity.signing import new_key
from answerable.channels.email.models import MailAccount
from answerable.channels.email.names import resolver
from answerable.channels.email.outgoing.transports.line import takes_sender
from answerable.channels.email.outgoing.transports.way import Deferred
from answerable.channels.email.receivers.mailbox import Mailbox
from answerable.channels.email.receivers.means import Means, Trouble, in_words
from answerable.channels.email.views.accounts import find, page, record_of
from answerable.kit.web import NoWay
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Workspace
from answerable.workspaces.rights import Right

T = TypeVar("T")
MOST_TRIES = 10
TRY_SECONDS = 20.0


@dataclass(frozen=True)
class Said:
    """The outcome of a try, in words."""

    well: bool
    words: str


@door.member(Right.INBOXES)
@require_POST
def mail_sending_test(request: MemberRequest, account_id: int) -> HttpResponse:
    account = find(request, account_id)
    said = _too_many(account.workspace) or try_sending(account)
    return page(request, account, {"said": {"outgoing": said}})


@door.member(Right.INBOXES)
@require_POST
def mail_incoming_test(request: MemberRequest, account_id: int) -> HttpResponse:
    account = find(request, account_id)
    said = _too_many(account.workspace) or try_incoming(account)
    return page(request, account, {"said": {"incoming": said}})


def try_incoming(account: MailAccount) -> Said:
    """Sign in and open the folder; nothing is fetched."""
    try:
        way = Means().way_of(account)
        in_time(lambda: Mailbox(way).close())
    except Trouble as problem:
        return Said(False, in_words(problem))
    return Said(True, _("The server lets us in, and the folder is there."))


def in_time(do: Callable[[], T]) -> T:
    """Its result, if it comes before whoever waits for the page gives up. Raises OSError."""
    waiting = ThreadPoolExecutor(1)
    try:
        return waiting.submit(do).result(TRY_SECONDS)
    except TimeoutError as late:
        raise NoWay(_("The server took too long.")) from late
    finally:
        waiting.shutdown(wait=False)


def try_sending(account: MailAccount) -> Said:
    """Sign in and introduce the sender; no mail is sent."""
    if account.outgoing == MailAccount.Outgoing.OUTBOX:
        return Said(True, _("Answers are kept in the outbox. Nothing leaves."))
    if account.outgoing == MailAccount.Outgoing.PROVIDER:
        return Said(True, _("A provider can be tried with an answer only."))
    try:
        may_send = in_time(partial(takes_sender, account))
    except (Deferred, OSError) as problem:
        return Said(False, str(problem))
    if not may_send:
        return Said(
            False, _("The server lets us in, but not send as %(address)s.") % {"address": account}
        )
    return Said(
        True, _("The server lets us in and takes mail from %(address)s.") % {"address": account}
    )


@door.member(Right.INBOXES)
@require_POST
def mail_signing(request: MemberRequest, account_id: int) -> HttpResponse:
    """A new key. Mail is signed with it from now on, so its record should be published first."""
    account = find(request, account_id)
    if request.POST.get("act") == "remove":
        account.dkim_selector, account.dkim_key = "", ""
        messages.success(request, _("Mail is no longer signed here."))
    else:
        mark = hashlib.sha256(timezone.now().isoformat().encode()).hexdigest()[:4]
        account.dkim_selector = f"answerable-{timezone.now():%Y%m}-{mark}"
        account.dkim_key = new_key()
        messages.success(request, _("There is a new key. Publish its record."))
    account.save(update_fields=["dkim_selector", "dkim_key"])
    return redirect("mail_account", request.member.workspace.slug, account.pk)


@door.member(Right.INBOXES)
@require_POST
def mail_domain_check(request: MemberRequest, account_id: int) -> HttpResponse:
    account = find(request, account_id)
    if said := _too_many(account.workspace):
        return page(request, account, {"said": {"domain": said}})
    record = record_of(account)
    expected = Expected(selector=account.dkim_selector, dkim_record=record[1] if record else "")
    findings = check_domain(account.domain, resolver(), expected)
    return page(request, account, {"findings": findings})


def _too_many(workspace: Workspace) -> Said | None:
    """A few tries a minute: a test of a mailbox is no tool to look at other networks (T034)."""
    key = f"mail-tries-{workspace.pk}-{timezone.now():%H%M}"
    cache.add(key, 0, 120)
    if cache.incr(key) > MOST_TRIES:
        return Said(False, _("Too many tries. Wait a minute."))
    return None
