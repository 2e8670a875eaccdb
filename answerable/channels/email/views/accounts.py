"""Mail accounts: the list, a new one, and the page of one with a form for each of its parts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from answerable.channels.email.authenticity.signing import record_to_publish
from answerable.channels.email.forms.account import (
    AccessForm,
    AddressForm,
    AliasForm,
    NewAccountForm,
)
from answerable.channels.email.forms.ways import IncomingForm, OutgoingForm, TrustForm
from answerable.channels.email.models import Alias, Delivery, MailAccount
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings

PAGE = "email/account.html"
AnyForm = AddressForm | IncomingForm | OutgoingForm | TrustForm | AccessForm | AliasForm


@door.member(Right.INBOXES)
@require_GET
def mail_accounts(request: MemberRequest) -> HttpResponse:
    accounts = MailAccount.objects.visible_to(request.member).select_related("inbox")
    return show_settings(
        request, "mail", "email/accounts.html", {"accounts": accounts.order_by("inbox__name")}
    )


@door.member(Right.INBOXES)
def mail_account_new(request: MemberRequest) -> HttpResponse:
    asked = {"inbox": request.GET.get("inbox", "")}
    form = NewAccountForm(request.POST or None, initial=asked, by=request.member)
    if request.method == "POST" and form.is_valid():
        account = form.save()
        account.inbox.members.add(request.member)
        messages.success(request, _("%s is ready. Its answers wait in the outbox.") % account)
        return redirect("mail_account", request.member.workspace.slug, account.pk)
    status = 422 if form.errors else 200
    return show_settings(request, "mail", "email/account_new.html", {"form": form}, status=status)


@door.member(Right.INBOXES)
def mail_account(request: MemberRequest, account_id: int) -> HttpResponse:
    account = find(request, account_id)
    if request.method != "POST":
        return page(request, account)
    form = AddressForm(request.POST, instance=account, by=request.member)
    return saved(request, account, form, "form")


@door.member(Right.INBOXES)
@require_POST
def mail_incoming(request: MemberRequest, account_id: int) -> HttpResponse:
    account = find(request, account_id)
    return saved(request, account, IncomingForm(request.POST, instance=account), "incoming")


@door.member(Right.INBOXES)
@require_POST
def mail_outgoing(request: MemberRequest, account_id: int) -> HttpResponse:
    account = find(request, account_id)
    return saved(request, account, OutgoingForm(request.POST, instance=account), "outgoing")


@door.member(Right.INBOXES)
@require_POST
def mail_trust(request: MemberRequest, account_id: int) -> HttpResponse:
    account = find(request, account_id)
    return saved(request, account, TrustForm(request.POST, instance=account), "trust")


@door.member(Right.INBOXES)
@require_POST
def mail_access(request: MemberRequest, account_id: int) -> HttpResponse:
    account = find(request, account_id)
    form = AccessForm(request.POST, instance=account.inbox, by=request.member)
    return saved(request, account, form, "access")


@door.member(Right.INBOXES)
@require_POST
def mail_aliases(request: MemberRequest, account_id: int) -> HttpResponse:
    account = find(request, account_id)
    alias = Alias(workspace_id=account.workspace_id, account=account)
    return saved(request, account, AliasForm(request.POST, instance=alias), "alias")


@door.member(Right.INBOXES)
@require_POST
def mail_alias_removal(request: MemberRequest, account_id: int, alias_id: int) -> HttpResponse:
    account = find(request, account_id)
    found = get_object_or_404(account.aliases, pk=alias_id)
    found.delete()
    messages.success(request, _("%s is no longer taken in.") % found)
    return redirect("mail_account", request.member.workspace.slug, account.pk)


def find(request: MemberRequest, account_id: int) -> MailAccount:
    visible = MailAccount.objects.visible_to(request.member)
    return get_object_or_404(visible.select_related("inbox", "workspace"), pk=account_id)


def saved(request: MemberRequest, account: MailAccount, form: AnyForm, name: str) -> HttpResponse:
    """The page again: with what is wrong, or with what was saved."""
    if not form.is_valid():
        return page(request, find(request, account.pk), {name: form}, status=422)
    form.save()
    messages.success(request, _("Saved."))
    return redirect("mail_account", request.member.workspace.slug, account.pk)


def page(
    request: MemberRequest,
    account: MailAccount,
    more: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The account with all its forms; `more` has the ones that were filled in."""
    context = {
        "account": account,
        "aliases": account.aliases.order_by("address"),
        "form": AddressForm(instance=account, by=request.member),
        "incoming": IncomingForm(instance=account),
        "outgoing": OutgoingForm(instance=account),
        "trust": TrustForm(instance=account),
        "access": AccessForm(instance=account.inbox, by=request.member),
        "alias": AliasForm(),
        "record": record_of(account),
        "waiting": Delivery.objects.filter(account=account, state="deferred").order_by("-pk")[:1],
        "said": {},
        **(more or {}),
    }
    return show_settings(request, "mail", PAGE, context, status=status)


def record_of(account: MailAccount) -> tuple[str, str] | None:
    """What the domain must publish for our signature to hold."""
    if not (account.dkim_selector and account.dkim_key):
        return None
    return record_to_publish(account.domain, account.dkim_selector, account.dkim_key)
