from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from answerable.look import places


class WorkspacesConfig(AppConfig):
    name = "answerable.workspaces"

    def ready(self) -> None:
        # Models can be imported only now.
        from answerable.workspaces import health, settings_pages  # noqa: PLC0415
        from answerable.workspaces.own_health import SECTION  # noqa: PLC0415
        from answerable.workspaces.own_settings import PAGES  # noqa: PLC0415
        from answerable.workspaces.rights import Right  # noqa: PLC0415

        for page in PAGES:
            settings_pages.add(page)
        health.add(SECTION)
        places.add(
            places.Place(
                "settings",
                _("Settings"),
                "settings",
                "settings",
                order=90,
                at_the_foot=True,
                mark=places.Mark("health_mark", Right.SETTINGS),
            )
        )
        places.add(
            places.Place(
                "profile", _("Your profile"), "user-round", "profile", order=10, at_the_foot=None
            )
        )
        places.add(
            places.Place(
                "security", _("Signing in"), "shield-check", "security", order=20, at_the_foot=None
            )
        )
