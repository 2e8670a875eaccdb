from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from answerable.look import places
from answerable.workspaces import settings_pages
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import Group, SettingsPage


class EmailConfig(AppConfig):
    name = "answerable.channels.email"
    label = "email"

    def ready(self) -> None:
        for page in PAGES:
            settings_pages.add(page)
        places.add(
            places.Place("outbox", _("Outbox"), "send", "outbox", order=60, right=Right.READ)
        )


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
