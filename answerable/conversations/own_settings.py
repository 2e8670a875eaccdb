"""Our pages among the settings."""

from django.utils.translation import gettext_lazy as _

from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import Group, SettingsPage

PAGES = [
    SettingsPage(
        "macros",
        Group.WORK,
        _("Macros"),
        _("macro several acts reply note one key automatic"),
        "macro_list",
        Right.ANSWER,
        "zap",
        _("Words and acts that go together, run with one key."),
        45,
    ),
    SettingsPage(
        "templates",
        Group.WORK,
        _("Reply templates"),
        _("canned response saved snippet shortcut text variable"),
        "reply_templates",
        Right.ANSWER,
        "file-text",
        _("Words that are written often, with places for what differs."),
        40,
    ),
    SettingsPage(
        "inboxes",
        Group.CHANNELS,
        _("Inboxes"),
        _("access team member see permission queue mailbox department"),
        "inboxes",
        Right.INBOXES,
        "inbox",
        _("Where conversations arrive, and who sees them."),
        10,
    ),
    SettingsPage(
        "statuses",
        Group.WORK,
        _("Statuses"),
        _("state category new open waiting snoozed resolved closed order"),
        "statuses",
        Right.SETTINGS,
        "circle-dot",
        _("Your own names for where a conversation stands, inside five fixed categories."),
        10,
    ),
    SettingsPage(
        "tags",
        Group.WORK,
        _("Tags"),
        _("label colour merge rename group"),
        "tag_list",
        Right.SETTINGS,
        "tags",
        _("Words that group conversations, each with its colour."),
        20,
    ),
    SettingsPage(
        "fields",
        Group.WORK,
        _("Fields"),
        _("custom attribute property choice number date customer company conversation"),
        "custom_fields",
        Right.SETTINGS,
        "list",
        _("What you want to know of customers, companies and conversations beside the usual."),
        30,
    ),
]
