from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from answerable.look import places


class WorkspacesConfig(AppConfig):
    name = "answerable.workspaces"

    def ready(self) -> None:
        places.add(
            places.Place(
                "settings", _("Settings"), "settings", "settings", order=90, at_the_foot=True
            )
        )
