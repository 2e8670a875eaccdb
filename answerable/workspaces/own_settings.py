"""The pages that this room adds to the settings."""

from django.utils.translation import gettext_lazy as _

from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import Group, SettingsPage

PAGES = [
    SettingsPage(
        "profile",
        Group.YOU,
        _("Your profile"),
        _("name avatar picture phone signature language time zone keys shortcuts"),
        "profile",
        icon="user-round",
        about=_("The name, picture and signature that customers see; language and time zone."),
        order=10,
    ),
    SettingsPage(
        "security",
        Group.YOU,
        _("Signing in"),
        _("password two factor 2fa totp authenticator passkey recovery codes session browser"),
        "security",
        icon="shield-check",
        about=_("Password, second factors, and the browsers you are signed in with."),
        order=20,
    ),
    SettingsPage(
        "workspace",
        Group.WORKSPACE,
        _("Workspace"),
        _("name company language time zone"),
        "workspace",
        Right.SETTINGS,
        "building-2",
        _("Its name, language and time zone."),
        10,
    ),
    SettingsPage(
        "members",
        Group.PEOPLE,
        _("Members"),
        _("invite invitation colleague agent deactivate remove role"),
        "members",
        Right.MEMBERS,
        "users-round",
        _("Who works here. Invite colleagues, set their role and teams, let somebody go."),
        10,
    ),
    SettingsPage(
        "teams",
        Group.PEOPLE,
        _("Teams"),
        _("group department"),
        "teams",
        Right.MEMBERS,
        "users",
        _("Who answers together."),
        20,
    ),
    SettingsPage(
        "roles",
        Group.PEOPLE,
        _("Roles"),
        _("rights permission access two factor owner administrator agent"),
        "roles",
        Right.MEMBERS,
        "key-round",
        _("What members may do, and who must use a second factor."),
        30,
    ),
    SettingsPage(
        "sign-ins",
        Group.PEOPLE,
        _("Sign-ins"),
        _("ip address log audit login device"),
        "sign_ins",
        Right.SIGN_INS,
        "history",
        _("Who signed in, when, from where. Members know that you can see this."),
        40,
    ),
]
