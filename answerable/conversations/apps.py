from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from answerable.look import places


class ConversationsConfig(AppConfig):
    name = "answerable.conversations"

    def ready(self) -> None:
        places.add(places.Place("inbox", _("Inbox"), "inbox", "desk", order=10))
