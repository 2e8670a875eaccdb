"""Words that will be said to another machine: checked before they are kept (T035)."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.channels.email.reading.addresses import is_address
from answerable.kit.web import NoWay, vetted

HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?")


def no_commands(value: str) -> None:
    """Nothing that a protocol could read as the end of an argument."""
    if any(not c.isprintable() for c in value):
        raise ValidationError(_("It must not contain line breaks or other control characters."))


def a_host(value: str) -> None:
    if value and not HOST.fullmatch(value):
        raise ValidationError(_("This is not the name of a server."))


def address_of(value: str) -> str:
    """The address in lower case. Raises ValidationError."""
    address = value.strip().casefold()
    if not is_address(address) or not address.isascii() or '"' in address or "+" in address:
        raise ValidationError(_("This is not an address that a mailbox can have."))
    return address


def must_be_reachable(form: forms.BaseForm, name: str, port: int, ports: frozenset[int]) -> None:
    """A server that may not be asked is refused when it is saved, and when it is used (T030)."""
    host = form.cleaned_data.get(name, "")
    if not host:
        form.add_error(name, _("This is needed."))
        return
    try:
        vetted(host, port, ports)
    except NoWay as wrong:
        form.add_error(name, str(wrong))


class SecretInput(forms.PasswordInput):
    """A secret that is written and never shown; left empty, it stays as it is."""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "new-password"}, render_value=False)


class SecretsStay(forms.ModelForm):  # type: ignore[type-arg]
    """A form in which an empty secret means the one that is kept."""

    secrets: tuple[str, ...] = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in self.secrets:
            field = self.fields[name]
            field.widget, field.required, field.strip = SecretInput(), False, False  # type: ignore[attr-defined]
            if getattr(self.instance, name):
                field.help_text = gettext_lazy("One is kept. Leave this empty to keep it.")

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        for name in self.secrets:
            cleaned[name] = cleaned.get(name) or getattr(self.kept, name)
        return cleaned

    @property
    def kept(self) -> object:
        """The row as it is in the database: validation has changed the instance."""
        return type(self.instance)._base_manager.get(pk=self.instance.pk)
