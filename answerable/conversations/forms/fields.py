"""Custom fields, as an administrator writes them."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.customers.models import CustomField
from answerable.workspaces.forms.named import NamedForm

MOST_OPTIONS = 200
# What a customer has beside custom fields, under the same roof where both are filled in.
RESERVED = {"name", "job_title", "postal_address"}


class CustomFieldForm(NamedForm):
    """What it is on and of what kind stays: what was filled in is of that kind."""

    taken = gettext_lazy("There is a field of this name.")
    options = forms.CharField(
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy("One a line. For “One of a list” only."),
        widget=forms.Textarea({"rows": 5}),
        max_length=10_000,
        required=False,
    )

    class Meta:
        model = CustomField
        fields = ["name", "on", "kind"]
        labels = {"on": gettext_lazy("Of"), "kind": gettext_lazy("Kind")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["options"] = "\n".join(self.instance.options)
        if self.instance.pk:
            del self.fields["on"], self.fields["kind"]
            if self.instance.kind != CustomField.Kind.CHOICE:
                del self.fields["options"]

    def clean_options(self) -> list[str]:
        lines = [" ".join(line.split())[:120] for line in self.cleaned_data["options"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))[:MOST_OPTIONS]

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or {})
        kind = cleaned.get("kind", self.instance.kind)
        if kind == CustomField.Kind.CHOICE and not cleaned.get("options"):
            self.add_error("options", _("A list needs at least one choice."))
        return cleaned

    def save(self, commit: bool = True) -> CustomField:
        field: CustomField = self.instance
        if field.kind == CustomField.Kind.CHOICE:
            field.options = self.cleaned_data["options"]
        if not field.pk:
            siblings = CustomField.objects.visible_to(self.by).filter(on=field.on)
            field.position = siblings.count()
            taken = set(siblings.values_list("key", flat=True))
            field.key = _free_key(field.name, taken | RESERVED)
        saved: CustomField = super().save(commit)
        return saved

    def _namesakes(self) -> Any:
        on = self.data.get("on") if not self.instance.pk else self.instance.on
        return super()._namesakes().filter(on=on)


def _free_key(name: str, taken: set[str]) -> str:
    """A word for it that never changes, for API and archive."""
    word = slugify(name).replace("-", "_")[:34] or "field"
    numbered = (f"{word}_{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (word, *numbered) if key not in taken)
