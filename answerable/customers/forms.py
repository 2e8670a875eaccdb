"""Companies, as a member writes them."""

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.customers.joining import join
from answerable.customers.models import Block, Company, CompanyDomain, CustomField
from answerable.customers.own_fields import OwnFields
from answerable.workspaces.forms.named import NamedForm
from answerable.workspaces.models import Member

DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")
MOST_DOMAINS = 100
# Where everybody has an address: whoever writes from there belongs to no company by that.
EVERYBODYS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com"),
        *("yahoo.com", "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "gmx.com"),
        *("web.de", "t-online.de", "mail.com", "proton.me", "protonmail.com", "yandex.com"),
        *("yandex.ru", "mail.ru", "qq.com", "163.com"),
    }
)


class CompanyForm(NamedForm, OwnFields):
    """Its name, its domains, and the workspace's own fields of companies."""

    on = CustomField.On.COMPANY
    taken = gettext_lazy("There is a company of this name.")
    domains = forms.CharField(
        label=gettext_lazy("Domains"),
        help_text=gettext_lazy(
            "One a line. Customers who write from there join, those already here too."
        ),
        widget=forms.Textarea({"rows": 3, "placeholder": "northgate-hotels.example"}),
        max_length=20_000,
        required=False,
    )

    class Meta:
        model = Company
        fields = ["name", "notes"]
        widgets = {"notes": forms.Textarea({"rows": 3})}

    field_order = ["name", "domains", "notes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            domains = self.instance.domains.order_by("domain").values_list("domain", flat=True)
            self.initial["domains"] = "\n".join(domains)
        self.add_own(self.by)

    def clean_domains(self) -> list[str]:
        words = self.cleaned_data["domains"].lower().replace(",", " ").split()
        domains = list(dict.fromkeys(word.rpartition("@")[2].strip(".") for word in words))
        if wrong := [domain for domain in domains if not DOMAIN.fullmatch(domain)]:
            raise forms.ValidationError(_("%s is not a domain.") % wrong[0][:80])
        if shared := [domain for domain in domains if domain in EVERYBODYS]:
            words = _("At %s everybody has an address. It is nobody's own domain.")
            raise forms.ValidationError(words % shared[0])
        taken = CompanyDomain.objects.filter(workspace=self.by.workspace_id, domain__in=domains)
        if other := taken.exclude(company=self.instance.pk).select_related("company").first():
            names = {"domain": other.domain, "company": other.company}
            raise forms.ValidationError(_("%(domain)s belongs to %(company)s.") % names)
        return domains[:MOST_DOMAINS]

    @transaction.atomic
    def save(self, commit: bool = True) -> Company:
        self.keep_own()
        company: Company = super().save(commit)
        wanted = set(self.cleaned_data["domains"])
        company.domains.exclude(domain__in=wanted).delete()
        for domain in wanted - set(company.domains.values_list("domain", flat=True)):
            company.domains.create(workspace_id=company.workspace_id, domain=domain)
        self.joined = join(company)
        return company


class BlockForm(forms.Form):
    """An address, or a domain with or without its @."""

    value = forms.CharField(label=gettext_lazy("Address or domain"), max_length=320)

    def clean_value(self) -> str:
        value: str = self.cleaned_data["value"].strip().casefold().removeprefix("@")
        address = value if "@" in value else f"somebody@{value}"
        try:
            validate_email(address)
        except forms.ValidationError:
            words = _("This is neither an address nor a domain.")
            raise forms.ValidationError(words) from None
        return value

    def block(self, *, by: Member) -> Block:
        value = self.cleaned_data["value"]
        kind = Block.Kind.ADDRESS if "@" in value else Block.Kind.DOMAIN
        given = {"kind": kind, "by": by}
        return Block.objects.get_or_create(
            workspace_id=by.workspace_id, value=value, defaults=given
        )[0]
