"""How an account's mail comes in and how it goes out."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.channels.email.forms.words import (
    SecretsStay,
    a_host,
    must_be_reachable,
    no_commands,
)
from answerable.channels.email.models import MailAccount
from answerable.channels.email.outgoing.transports.line import SMTP_PORTS
from answerable.channels.email.outgoing.transports.provider import PROVIDERS

IMAP_PORTS = frozenset({143, 993})
OAUTH = ["oauth_token_url", "oauth_client", "oauth_client_secret", "oauth_refresh"]


class IncomingForm(SecretsStay):
    """Where mail is fetched, if it does not come by itself."""

    prefix = "in"
    secrets = ("imap_secret", "oauth_client_secret", "oauth_refresh")

    class Meta:
        model = MailAccount
        fields = ["incoming", "imap_host", "imap_port", "imap_security", "imap_user"]
        fields += ["imap_auth", "imap_secret", "imap_folder", *OAUTH]
        labels = {
            "incoming": gettext_lazy("Mail comes"),
            "imap_security": gettext_lazy("Security"),
            "imap_auth": gettext_lazy("Signs in with"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["imap_host"].validators.append(a_host)
        for name in ("imap_user", "imap_secret", "imap_folder", *OAUTH):
            self.fields[name].validators.append(no_commands)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if cleaned.get("incoming") == MailAccount.Incoming.IMAP and not self.errors:
            port = int(str(cleaned["imap_port"]))
            must_be_reachable(self, "imap_host", port, IMAP_PORTS)
        return cleaned


class OutgoingForm(SecretsStay):
    """Who carries our mail."""

    prefix = "out"
    secrets = ("smtp_secret", "provider_secret")
    provider = forms.ChoiceField(label=gettext_lazy("Provider"), required=False)

    class Meta:
        model = MailAccount
        fields = ["outgoing", "smtp_host", "smtp_port", "smtp_security", "smtp_user"]
        fields += ["smtp_auth", "smtp_secret", "provider", "provider_secret"]
        labels = {
            "outgoing": gettext_lazy("Answers are"),
            "smtp_security": gettext_lazy("Security"),
            "smtp_auth": gettext_lazy("Signs in with"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(key, name) for key, (name, _backend, _key) in PROVIDERS.items()]
        self.fields["provider"].choices = [("", "—"), *names]  # type: ignore[attr-defined]
        self.fields["smtp_host"].validators.append(a_host)
        for name in ("smtp_user", "smtp_secret", "provider_secret"):
            self.fields[name].validators.append(no_commands)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        way = cleaned.get("outgoing")
        if way == MailAccount.Outgoing.SMTP and not self.errors:
            must_be_reachable(self, "smtp_host", int(str(cleaned["smtp_port"])), SMTP_PORTS)
        if way == MailAccount.Outgoing.PROVIDER and not cleaned.get("provider"):
            self.add_error("provider", _("This is needed."))
        return cleaned


class TrustForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whose judgement of a sender is believed: our own mail servers, by the name they write."""

    trusted_authserv_ids = forms.CharField(
        label=gettext_lazy("Trusted servers"),
        help_text=gettext_lazy(
            "Names in Authentication-Results that your own mail servers write, one a line. "
            "Leave this empty unless mail reaches us through them."
        ),
        widget=forms.Textarea({"rows": 2}),
        max_length=1000,
        required=False,
    )

    class Meta:
        model = MailAccount
        fields = ["trusted_authserv_ids"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["trusted_authserv_ids"] = "\n".join(self.instance.trusted_authserv_ids)

    def clean_trusted_authserv_ids(self) -> list[str]:
        names = self.cleaned_data["trusted_authserv_ids"].split()
        if any(not name.isprintable() or len(name) > 253 for name in names):
            raise forms.ValidationError(_("These are not names of servers."))
        return [name.casefold() for name in names[:20]]
