"""Accepting an invitation as somebody new here."""

from typing import Any

from allauth.account.fields import SetPasswordField
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from answerable.workspaces.models import Invitation, Member, User


class JoinForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Customers see it. It need not be your real name."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = SetPasswordField(
        label=_("Password"), help_text=_("At least ten characters. A few words in a row are good.")
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].user = User(email=email)  # type: ignore[attr-defined]
        self.fields["password"].widget.attrs.pop("placeholder", None)

    @transaction.atomic
    def join(self, invitation: Invitation) -> Member:
        name = self.cleaned_data["name"]
        user = User.objects.create_user(invitation.email, self.cleaned_data["password"], name=name)
        return invitation.accept(user, name)
