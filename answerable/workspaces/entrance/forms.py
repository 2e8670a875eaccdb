"""allauth's forms in our words: labels instead of placeholders, and one password field, not two."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.core import context as current
from django.utils.translation import gettext_lazy as _

from answerable.workspaces.entrance import limits, log

WORDS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
}
HELP = {"password1": _("At least ten characters. A few words in a row are good.")}


class OurWords:
    """Our labels, and what a password manager needs to know."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = WORDS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)
        # Typing it twice proves nothing to a password manager, and a reset is near.
        self.fields.pop("password2", None)
        self.fields.pop("remember", None)


class LoginForm(OurWords, forms.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username webauthn"}


class ResetPasswordForm(OurWords, forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(OurWords, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(OurWords, forms.ChangePasswordForm):  # type: ignore[misc]
    def clean_oldpassword(self) -> str:
        """The present password, guessed at as seldom as when signing in."""
        counted = limits.for_password(self.user.email, log.address_of(current.request))
        if not limits.take_all(counted):
            raise get_adapter().validation_error("too_many_login_attempts")
        password: str = super().clean_oldpassword()
        for limit in counted:
            limit.give_back()
        return password


class SetPasswordForm(OurWords, forms.SetPasswordForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(OurWords, forms.ReauthenticateForm):  # type: ignore[misc]
    pass
