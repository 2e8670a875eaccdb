from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from answerable.look import places


class EmailConfig(AppConfig):
    name = "answerable.channels.email"

    def ready(self) -> None:
        # Models can be imported only now.
        from answerable.channels.email.health import SECTION  # noqa: PLC0415
        from answerable.channels.email.own_settings import PAGES  # noqa: PLC0415
        from answerable.workspaces import health, settings_pages  # noqa: PLC0415
        from answerable.workspaces.rights import Right  # noqa: PLC0415

        for page in PAGES:
            settings_pages.add(page)
        health.add(SECTION)
        places.add(
            places.Place("outbox", _("Outbox"), "send", "outbox", order=60, right=Right.READ)
        )
