"""Trying an account: each direction, its key, and what its domain publishes, in words."""

import hashlib
from dataclasses import dataclass

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
from answerable.channels.email.outgoing.transports.line import opened
from answerable.channels.email.outgoing.transports.way import Deferred
from answerable.channels.email.views.accounts import find, page, record_of
from answerable.kit.web import within
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Workspace
from answerable.workspaces.rights import Right

MOST_TRIES = 10
TRY_SECONDS = 20.0


@dataclass(frozen=True)
class Said:
    """The outcome of a try, in words."""

    well: bool
    words: str


@door.member(Right.INBOXES)
@require_POST
def mail_sending_test(request: MemberRequest, pk: int) -> HttpResponse:
    account = find(request, pk)
    said = _too_many(account.workspace) or try_sending(account)
    return page(request, account, {"said": {"outgoing": said}})


def try_sending(account: MailAccount) -> Said:
    """Sign in and introduce the sender; no mail is sent."""
    if account.outgoing == MailAccount.Outgoing.OUTBOX:
        return Said(True, _("Answers are kept in the outbox. Nothing leaves."))
    if account.outgoing == MailAccount.Outgoing.PROVIDER:
        return Said(True, _("A provider can be tried with an answer only."))
    try:
        line = opened(account)
    except Deferred as problem:
        return Said(False, str(problem))
    try:
        with within(line.open_socket, TRY_SECONDS):
            code, _words = line.mail(account.address)
            line.rset()
    except (OSError, Deferred):
        return Said(False, _("The line to the mail server broke."))
    finally:
        line.drop()
    if code != 250:
        return Said(
            False, _("The server lets us in, but not send as %(address)s.") % {"address": account}
        )
    return Said(True, _("The server lets us in and takes mail from %(address)s.") % {"address": account})


@door.member(Right.INBOXES)
@require_POST
def mail_signing(request: MemberRequest, pk: int) -> HttpResponse:
    """A new key. Mail is signed with it from now on, so its record should be published first."""
    account = find(request, pk)
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
def mail_domain_check(request: MemberRequest, pk: int) -> HttpResponse:
    account = find(request, pk)
    if said := _too_many(account.workspace):
        return page(request, account, {"said": {"domain": said}})
    record = record_of(account)
    expected = Expected(selector=account.dkim_selector, dkim_record=record[1] if record else "")
    findings = check_domain(account.domain, resolver(), expected)
    return page(request, account, {"findings": findings})


def _too_many(workspace: Workspace) -> Said | None:
    """A few tries a minute: a test of a mailbox is no tool to look at other networks (T034)."""
    key = f"mail tries {workspace.pk} {timezone.now():%H%M}"
    cache.add(key, 0, 120)
    if cache.incr(key) > MOST_TRIES:
        return Said(False, _("Too many tries. Wait a minute."))
    return None
