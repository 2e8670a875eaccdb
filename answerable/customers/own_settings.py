"""Our page among the settings."""

from django.utils.translation import gettext_lazy as _

from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import Group, SettingsPage

PAGES = [
    SettingsPage(
        "blocks",
        Group.CHANNELS,
        _("Blocked senders"),
        _("block spam address domain sender junk"),
        "blocks",
        Right.SETTINGS,
        "ban",
        _("Addresses and domains whose mail goes to spam."),
        60,
    ),
    SettingsPage(
        "companies",
        Group.PEOPLE,
        _("Companies"),
        _("organisation customer domain business account"),
        "companies",
        Right.CUSTOMERS,
        "building-2",
        _("Organisations that your customers belong to, known by the domains of their addresses."),
        50,
    ),
]
