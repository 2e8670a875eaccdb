from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from answerable.look import places


class ConversationsConfig(AppConfig):
    name = "answerable.conversations"

    def ready(self) -> None:
        # Models can be imported only now.
        from answerable.conversations.own_settings import PAGES  # noqa: PLC0415
        from answerable.workspaces import settings_pages  # noqa: PLC0415

        places.add(places.Place("inbox", _("Inbox"), "inbox", "desk", order=10))
        places.add(places.Place("customers", _("Customers"), "users", "customers", order=20))
        for page in PAGES:
            settings_pages.add(page)
