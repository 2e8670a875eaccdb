"""One file, top to bottom, in an operator's words. docs/settings.md explains each."""

from pathlib import Path

from answerable.kit.env import Env

ROOT = Path(__file__).parent.parent
env = ENV = Env("ANSWERABLE_")

# Where we are

DEBUG = env.flag("DEBUG", default=False)
DATA = Path(env.text("DATA", "data")).absolute()
SECRET_KEY = "minimal"  # noqa: S105

# What we are made of

INSTALLED_APPS = [
    "answerable.kit",
    "answerable.look",
    "django.contrib.contenttypes",
]

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
