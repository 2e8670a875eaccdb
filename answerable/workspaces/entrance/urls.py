"""Signing in: the pages of django-allauth that we have, each with its door, and no other."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from answerable.workspaces.door import public, signed_in
from answerable.workspaces.views import second_factor, signing_in

RESET_KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,20})-(?P<key>[0-9A-Za-z-]{1,80})/$"

urlpatterns = [
    path("login/", public(account.login), name="account_login"),
    path("logout/", public(account.logout), name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("signup/", signing_in.by_invitation, name="account_signup"),
    path("reauthenticate/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", signed_in(account.password_change), name="account_change_password"),
    path("password/set/", signed_in(account.password_set), name="account_set_password"),
    path("password/reset/", public(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "password/reset/key/done/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        RESET_KEY, public(account.password_reset_from_key), name="account_reset_password_from_key"
    ),
    path("2fa/", second_factor.index, name="mfa_index"),
    path("2fa/authenticate/", public(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/app/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/app/removal/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "2fa/codes/",
        signed_in(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/codes/new/",
        signed_in(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/passkeys/", second_factor.index, name="mfa_list_webauthn"),
    path("2fa/passkeys/new/", signed_in(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "2fa/passkeys/reauthenticate/",
        signed_in(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/passkeys/<int:pk>/name/", second_factor.rename_passkey, name="mfa_edit_webauthn"),
    path(
        "2fa/passkeys/<int:pk>/removal/", second_factor.remove_passkey, name="mfa_remove_webauthn"
    ),
]
