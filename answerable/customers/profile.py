"""A customer, as a member writes them; and the ways to reach one."""

from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.customers.models import Company, Customer, CustomField, Identity
from answerable.customers.own_fields import OwnFields
from answerable.workspaces import pictures
from answerable.workspaces.forms.profile import time_zones
from answerable.workspaces.models import Member
from answerable.workspaces.refused import Refused

SUGGESTED = 200
PICTURES = "image/png,image/jpeg,image/webp,image/gif"


def languages() -> list[tuple[str, str]]:
    named = [(code, info["name_local"]) for code, info in LANG_INFO.items() if "name" in info]
    return sorted(named, key=lambda pair: pair[1].casefold())


class CustomerForm(OwnFields):
    """Name, work, address, language, company, and the workspace's own fields."""

    on = CustomField.On.CUSTOMER
    company_name = forms.CharField(
        label=gettext_lazy("Company"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A name that is new makes a new company."),
        widget=forms.TextInput({"list": "companies", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)

    class Meta:
        model = Customer
        fields = ["name", "first_name", "last_name", "job_title", "postal_address"]
        widgets = {"postal_address": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.initial["company_name"] = self.instance.company.name if self.instance.company else ""
        for name, known in (("language", languages()), ("time_zone", time_zones())):
            now = getattr(self.instance, name)
            kept = [(now, now)] if now and now not in dict(known) else []
            self.fields[name].choices = [("", ""), *kept, *known]  # type: ignore[attr-defined]
            self.initial[name] = now
        self.add_own(by)

    @property
    def companies(self) -> list[str]:
        found = Company.objects.visible_to(self.by).order_by("name")
        return list(found.values_list("name", flat=True)[:SUGGESTED])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        whole = f"{cleaned.get('first_name', '')} {cleaned.get('last_name', '')}".strip()
        cleaned["name"] = " ".join(cleaned.get("name", "").split()) or whole
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Customer:
        self.keep_own()
        self.instance.company = company_called(
            self.by.workspace_id, self.cleaned_data["company_name"]
        )
        for name in ("language", "time_zone"):
            setattr(self.instance, name, self.cleaned_data[name])
        customer: Customer = super().save(commit)
        return customer


def company_called(workspace_id: int, name: str) -> Company | None:
    """The company of this name, a new one if there is none; None for no name."""
    name = " ".join(name.split())[:200]
    if not name:
        return None
    found = Company.objects.filter(workspace_id=workspace_id, name__iexact=name).order_by("pk")
    return found.first() or Company.objects.create(workspace_id=workspace_id, name=name)


class AddressForm(forms.Form):
    """A way to reach somebody. It must be nobody else's in this workspace; others are not asked."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Identity.Kind)
    value = forms.CharField(label=gettext_lazy("Address, number or id"), max_length=320)

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer
        self.owner: Customer | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"kind", "value"} <= cleaned.keys():
            cleaned["value"] = cleaned["value"].strip()
            check_address(cleaned["kind"], cleaned["value"])
        return cleaned

    def save(self) -> Identity | None:
        """None if it belongs to another customer, who is `owner` then: nothing is taken away."""
        kind, shown = self.cleaned_data["kind"], self.cleaned_data["value"]
        there = Identity.objects.filter(
            workspace=self.customer.workspace_id, kind=kind, value=Identity.normal(kind, shown)
        )
        try:
            with transaction.atomic():
                identity, _new = there.get_or_create(
                    defaults={"customer": self.customer, "shown": shown},
                    workspace_id=self.customer.workspace_id,
                    kind=kind,
                    value=Identity.normal(kind, shown),
                )
        except IntegrityError:
            identity = there.get()
        if identity.customer_id != self.customer.pk:
            self.owner = identity.customer
            return None
        return identity


def check_address(kind: str, value: str) -> None:
    """Raises ValidationError for what nobody can be reached by."""
    if kind == Identity.Kind.EMAIL:
        validate_email(value)
    if kind == Identity.Kind.PHONE and len(Identity.normal(kind, value)) < 3:
        raise forms.ValidationError(_("This is no phone number."))


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        widget=forms.FileInput({"accept": PICTURES}),
    )

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer

    def clean_picture(self) -> str:
        upload = self.cleaned_data["picture"]
        try:
            return pictures.keep(self.customer.workspace_id, upload) if upload else ""
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def save(self) -> None:
        """What was uploaded, made anew; nothing uploaded takes the picture away."""
        self.customer.avatar = self.cleaned_data["picture"]
        self.customer.save(update_fields=["avatar"])
