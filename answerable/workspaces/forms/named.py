"""A thing of the workspace with a name that no other of its kind has."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from answerable.workspaces.models import Member


class NamedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Takes the workspace from who writes it. The case of letters makes no other name."""

    taken = _("There is one of this name.")

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.instance.workspace_id = by.workspace_id

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        namesakes = self._namesakes().filter(name__iexact=name)
        if namesakes.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(self.taken)
        return name

    def _namesakes(self) -> Any:
        return self._meta.model._default_manager.filter(workspace=self.by.workspace_id)
