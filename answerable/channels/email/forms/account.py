"""A mail account: its address and words, its aliases, and who answers it."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.channels.email.forms.words import address_of
from answerable.channels.email.models import Alias, MailAccount
from answerable.conversations.models import Inbox
from answerable.workspaces.models import Member, Team


class AddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """The account's own page: what customers see of it."""

    name = forms.CharField(label=gettext_lazy("Name of the inbox"), max_length=80)

    class Meta:
        model = MailAccount
        fields = ["address", "from_name", "signature", "quote_history", "acknowledge", "active"]
        labels = {"active": gettext_lazy("Takes and sends mail")}
        help_texts = {
            "from_name": gettext_lazy("Answers come from “Ada at …”. Empty: the company's name."),
            "signature": gettext_lazy("Stands under each answer, below the member's own."),
            "quote_history": gettext_lazy(
                "Under an answer, the last messages that all its readers know already."
            ),
            "acknowledge": gettext_lazy(
                "One mail to proven senders who write for the first time, at most one a day."
            ),
        }
        widgets = {"signature": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if self.instance.pk:
            self.initial["name"] = self.instance.inbox.name

    def clean_address(self) -> str:
        return _free(address_of(self.cleaned_data["address"]), but=self.instance)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        taken = Inbox.objects.filter(workspace=self.by.workspace_id, name__iexact=name)
        if taken.exclude(pk=self.instance.inbox_id).exists():
            raise forms.ValidationError(_("Another inbox has this name."))
        return name

    @transaction.atomic
    def save(self, commit: bool = True) -> MailAccount:  # noqa: ARG002 - Django's name
        account: MailAccount = self.instance
        name = self.cleaned_data["name"]
        account.workspace_id = self.by.workspace_id
        if account.inbox_id:
            Inbox.objects.filter(pk=account.inbox_id).update(name=name)
        else:
            account.inbox = Inbox.objects.create(workspace_id=self.by.workspace_id, name=name)
        account.save()
        return account


class NewAccountForm(AddressForm):
    """The least that makes an account; the rest has its own page.

    With `inbox` it is the address of an inbox that has none yet, else it makes one.
    """

    inbox = forms.ModelChoiceField(
        queryset=Inbox.objects.none(), required=False, widget=forms.HiddenInput
    )

    class Meta(AddressForm.Meta):
        fields = ["address", "from_name"]

    field_order = ["inbox", "address", "name", "from_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without = Inbox.objects.visible_to(self.by).filter(kind="email", mail_account=None)
        self.fields["inbox"].queryset = without  # type: ignore[attr-defined]
        asked = str(self.initial.get("inbox", ""))
        if asked.isdecimal() and (found := without.filter(pk=int(asked[:18])).first()):
            self.initial.update(inbox=found.pk, name=found.name)

    def clean_inbox(self) -> Inbox | None:
        found: Inbox | None = self.cleaned_data["inbox"]
        if found:
            self.instance.inbox = found
        return found


class AliasForm(forms.ModelForm):  # type: ignore[type-arg]
    prefix = "alias"

    class Meta:
        model = Alias
        fields = ["address", "from_name"]

    def clean_address(self) -> str:
        return _free(address_of(self.cleaned_data["address"]))


class AccessForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who answers this inbox, beside those whose role lets them see every inbox."""

    class Meta:
        model = Inbox
        fields = ["teams", "members"]
        labels = {"teams": gettext_lazy("Teams"), "members": gettext_lazy("Members")}
        widgets = {
            "teams": forms.CheckboxSelectMultiple(),
            "members": forms.CheckboxSelectMultiple(),
        }

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = Team.objects.visible_to(by)  # type: ignore[attr-defined]
        colleagues = Member.objects.visible_to(by).at_work().order_by("display_name")
        self.fields["members"].queryset = colleagues  # type: ignore[attr-defined]


def _free(address: str, *, but: MailAccount | None = None) -> str:
    """An address that no account has. Raises ValidationError, without saying whose it is."""
    accounts = MailAccount.objects.filter(address=address)
    if but is not None and but.pk:
        accounts = accounts.exclude(pk=but.pk)
    if accounts.exists() or Alias.objects.filter(address=address).exists():
        raise forms.ValidationError(_("This address is taken by an inbox already."))
    return address
