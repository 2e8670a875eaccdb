"""One file, top to bottom, in an operator's words. docs/settings.md explains each."""

from pathlib import Path

from answerable.kit.env import Env
from answerable.kit.secret_key import secret_in

ROOT = Path(__file__).parent.parent
env = ENV = Env("ANSWERABLE_")

# Where we are

DEBUG = env.flag("DEBUG", default=False)
DATA = Path(env.text("DATA", "data")).absolute()
SECRET_KEY = env.text("SECRET_KEY", "") or secret_in(DATA)

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

# How it is served

HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000)
SITE_URL = env.text("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
# Who may say for whom they ask (X-Forwarded-For, X-Forwarded-Proto).
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES")
WEB_THREADS = env.number("WEB_THREADS", 8)
LARGEST_REQUEST = env.number("LARGEST_REQUEST", 64_000_000)
# What is plain ASGI, beside Django.
LIVE_ENDPOINTS: dict[str, str] = {}
# What runs beside pages and work, for each role of a process: functions of a "stop" event.
SERVICES: dict[str, list[str]] = {"web": [], "worker": [], "mail": []}

# What happens afterwards

WORKER_THREADS = env.number("WORKER_THREADS", 4)
SCHEDULE = "answerable.schedule.CLOCK"
EVENT_LOG = "conversations.Event"
EVENT_COUNTER = "workspaces.Counter"
# Who reads every event after its commit, each on its own.
EVENT_READERS: list[str] = []

# What `answerable check` looks at.
LOOKS = [
    "answerable.kit.server.looks.configuration",
    "answerable.kit.server.looks.data_folder",
    "answerable.kit.server.looks.database",
    "answerable.kit.server.looks.processes",
    "answerable.kit.server.looks.work",
    "answerable.kit.server.looks.readers",
]
