"""Our pages among the settings."""

from django.utils.translation import gettext_lazy as _

from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import Group, SettingsPage

PAGES = [
    SettingsPage(
        key="mail",
        group=Group.CHANNELS,
        title=_("Mail accounts"),
        words=_("imap smtp address alias dkim spf dmarc signature inbox server password provider"),
        route="mail_accounts",
        right=Right.INBOXES,
        icon="mail",
        about=_("The company's addresses: how their mail comes in, and how answers go out."),
    ),
    SettingsPage(
        key="mail-trouble",
        group=Group.CHANNELS,
        title=_("Mail in trouble"),
        words=_("refused failed bounced retry raw lost"),
        route="mail_trouble",
        right=Right.INBOXES,
        icon="mail-warning",
        about=_("Mail that arrived and became no message, each with its reason."),
    ),
]
