"""What members say of themselves."""

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from answerable.workspaces import pictures
from answerable.workspaces.models import Member
from answerable.workspaces.refused import Refused


def time_zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones())]


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name, picture and signature that customers see; language, time zone and keys."""

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )
    remove_picture = forms.BooleanField(label=_("Remove the picture"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    keys_on = forms.BooleanField(
        label=_("Single keys"),
        required=False,
        help_text=_("j, k, e and the others act without Ctrl. The list is behind “?”."),
    )

    class Meta:
        model = Member
        fields = ["display_name", "phone", "signature"]
        help_texts = {
            "display_name": _("What customers and colleagues see. It need not be your real name."),
            "signature": _("Stands under your answers."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.instance.user
        choices = {
            "language": [("", _("As the browser")), *settings.LANGUAGES],
            "time_zone": [("", _("As the workspace")), *time_zones()],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
            self.initial[name] = getattr(user, name)
        self.initial["keys_on"] = user.keys_on

    def clean_picture(self) -> str:
        upload = self.cleaned_data["picture"]
        if not upload:
            return ""
        try:
            return pictures.keep(self.instance.workspace_id, upload)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    @transaction.atomic
    def save(self, commit: bool = True) -> Member:
        if self.cleaned_data["remove_picture"]:
            self.instance.avatar = ""
        self.instance.avatar = self.cleaned_data["picture"] or self.instance.avatar
        user = self.instance.user
        for name in ("language", "time_zone", "keys_on"):
            setattr(user, name, self.cleaned_data[name])
        user.save(update_fields=["language", "time_zone", "keys_on"])
        member: Member = super().save(commit)
        return member
