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
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

# What pages are made of. Ours are Jinja2; those of libraries speak Django's language.

ROOT_URLCONF = "answerable.urls"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "answerable.look.jinja.Pages",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "answerable.look.jinja.environment",
            "context_processors": ["answerable.look.theme.for_pages"],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]
