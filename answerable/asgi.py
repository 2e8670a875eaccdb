"""Pages and live layer as one ASGI application, for another server than our own."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")
django.setup()

from answerable.kit.server.web import front  # noqa: E402

application = front()
