"""The workspace's own fields of a customer or a company, as fields of a form."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from answerable.customers.models import CustomField
from answerable.workspaces.models import Member

Kind = CustomField.Kind
# What is stored, in whatever language somebody chose it.
YES, NO = "Yes", "No"
YES_WORDS = {"yes": YES, "true": YES, "1": YES, "no": NO, "false": NO, "0": NO}
LONGEST = 500


class Unfit(ValueError):
    """A value that is not of the field's kind, with the words that say so."""


def fitting(custom: CustomField, text: str) -> str:
    """The value as it is stored. Raises Unfit."""
    text = text.strip()
    if not text:
        return ""
    if len(text) > LONGEST:
        raise Unfit(_("This is longer than %s characters.") % LONGEST)
    return _OF_KIND.get(Kind(custom.kind), _text)(custom, text)


def choices_of(custom: CustomField) -> list[tuple[str, str]]:
    """What may be chosen, as it is stored and as it is read."""
    if custom.kind == Kind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    return [(word, word) for word in custom.options]


def form_field(custom: CustomField) -> forms.Field:
    if custom.kind in {Kind.CHOICE, Kind.YES_NO}:
        choices = [("", ""), *choices_of(custom)]
        return forms.ChoiceField(label=custom.name, choices=choices, required=False)
    kind = {Kind.NUMBER: "number", Kind.DATE: "date"}.get(Kind(custom.kind), "text")
    more = {"step": "any"} if kind == "number" else {}
    widget = forms.TextInput({"type": kind, **more})
    return _Fitting(custom, label=custom.name, required=False, widget=widget)


class OwnFields(forms.ModelForm):  # type: ignore[type-arg]
    """A form of something that has a column `fields`, with a field for each of the workspace's."""

    on: CustomField.On

    def add_own(self, by: Member) -> None:
        own = CustomField.objects.visible_to(by).filter(on=self.on)
        self.own = {f"field_{each.key}": each for each in own}
        for name, each in self.own.items():
            self.fields[name] = form_field(each)
            self.initial[name] = self.instance.fields.get(each.key, "")

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.own]

    def keep_own(self) -> None:
        values = {each.key: self.cleaned_data[name] for name, each in self.own.items()}
        self.instance.fields = {**self.instance.fields, **values}


class _Fitting(forms.CharField):
    def __init__(self, custom: CustomField, **more: Any) -> None:
        super().__init__(**more)
        self.custom = custom

    def clean(self, value: Any) -> str:
        try:
            return fitting(self.custom, super().clean(value))
        except Unfit as unfit:
            raise forms.ValidationError(str(unfit)) from unfit


def _text(_custom: CustomField, text: str) -> str:
    return text


def _number(_custom: CustomField, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Unfit(_("“%s” is no number.") % text[:40])
    return text


def _date(_custom: CustomField, text: str) -> str:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Unfit(_("“%s” is no date: it is written year-month-day.") % text[:40])
    return day.isoformat()


def _choice(custom: CustomField, text: str) -> str:
    for option in custom.options:
        if str(option).casefold() == text.casefold():
            return str(option)
    raise Unfit(_("“%s” is not one of the choices.") % text[:40])


def _yes_no(_custom: CustomField, text: str) -> str:
    if text.casefold() not in YES_WORDS:
        raise Unfit(_("“%s” is neither yes nor no.") % text[:40])
    return YES_WORDS[text.casefold()]


_OF_KIND = {Kind.NUMBER: _number, Kind.DATE: _date, Kind.CHOICE: _choice, Kind.YES_NO: _yes_no}
