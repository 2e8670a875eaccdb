"""One file, top to bottom, in an operator's words. docs/settings.md explains each."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.utils.translation import gettext_lazy as _

from answerable.kit.env import Env
from answerable.kit.secret_key import secret_in

ROOT = Path(__file__).parent.parent
env = ENV = Env("ANSWERABLE_")

# Where we are

DEBUG = env.flag("DEBUG", default=False)
DATA = Path(env.text("DATA", "data")).absolute()
SECRET_KEY = env.text("SECRET_KEY", "") or secret_in(DATA)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000)
SITE_URL = env.text("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "127.0.0.1"
ALLOWED_HOSTS = [
    SITE_HOST,
    "127.0.0.1",
    "localhost",
    "[::1]",
    *env.words("HOSTS"),
]
# Who may say for whom they ask (X-Forwarded-For, X-Forwarded-Proto).
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES")
IS_HTTPS = SITE_URL.startswith("https://")

# What we keep things in: one file, until there is a need for servers

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{DATA}/answerable.sqlite3"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what is acknowledged is on the disk (docs/decisions/durable.md).
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

S3_BUCKET = env.text("S3_BUCKET", "")
FILES_ON_DISK = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {
        "location": str(DATA / "files"),
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    },
}
FILES_IN_S3 = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env.text("S3_ENDPOINT", "") or None,
        "access_key": env.text("S3_KEY", "") or None,
        "secret_key": env.text("S3_SECRET", "") or None,
        "region_name": env.text("S3_REGION", "") or None,
        "file_overwrite": True,
        "default_acl": None,
    },
}
STORAGES = {
    "files": FILES_IN_S3 if S3_BUCKET else FILES_ON_DISK,
    "staticfiles": {"BACKEND": "answerable.kit.static.Named"},
}

# How mail comes in: SMTP and LMTP on our own ports; 0 or nothing leaves one out

SMTP_HOST = env.text("SMTP_HOST", "127.0.0.1")
SMTP_PORT = env.number("SMTP_PORT", 2525)
LMTP_HOST = env.text("LMTP_HOST", "127.0.0.1")
LMTP_PORT = env.number("LMTP_PORT", 0)
LMTP_SOCKET = env.text("LMTP_SOCKET", "")
MAIL_NAME = env.text("MAIL_NAME", urlsplit(SITE_URL).hostname or "localhost")
MAIL_CERTIFICATE = env.text("MAIL_CERTIFICATE", "")
MAIL_CERTIFICATE_KEY = env.text("MAIL_CERTIFICATE_KEY", "")
MAIL_LIMIT = env.number("MAIL_LIMIT", 50_000_000)
MAIL_CONNECTIONS_PER_PEER = env.number("MAIL_CONNECTIONS_PER_PEER", 50)

# What we are made of

INSTALLED_APPS = [
    "answerable.kit",
    "answerable.look",
    "answerable.workspaces",
    "answerable.files",
    "answerable.customers",
    "answerable.conversations",
    "answerable.channels.email",
    "answerable.search",
    "answerable.notifications",
    "answerable.welcome",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "answerable.kit.zipped.Zipped",
    "django.middleware.security.SecurityMiddleware",
    # Random bytes in each answer and a CSRF token of a new mask keep BREACH out.
    "django.middleware.gzip.GZipMiddleware",
    "answerable.kit.headers.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "answerable.workspaces.activity.Activity",
    "answerable.workspaces.preferences.Preferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "answerable.urls"

# Who sends what members write, for each kind of inbox.
CHANNELS = {
    "email": "answerable.channels.email.channel.Email",
}

# How long an answer waits before it leaves, so that its writer can take it back.
UNDO_SEND_SECONDS = 12

# Our own pages are Jinja2; those of libraries speak Django's language.
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
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# How it is served

WEB_THREADS = env.number("WEB_THREADS", 8)
LARGEST_REQUEST = env.number("LARGEST_REQUEST", 64_000_000)
# What is plain ASGI, beside Django.
LIVE_ENDPOINTS = {
    "/live/w/": "answerable.live.endpoint.members",
    "/static/": "answerable.kit.static.files",
}
# What runs beside pages and work, for each role of a process: functions of a "stop" event.
SERVICES: dict[str, list[str]] = {
    "mail": [
        "answerable.channels.email.receivers.service.receive",
        "answerable.channels.email.receivers.service.fetch",
    ],
}

# Whom we may ask: hosts, addresses and networks that are not on the public Internet, or "yes".
PRIVATE_HOSTS = env.words("PRIVATE_HOSTS")

# What happens afterwards

WORKER_THREADS = env.number("WORKER_THREADS", 4)
SCHEDULE = "answerable.schedule.CLOCK"
EVENT_LOG = "conversations.Event"
EVENT_COUNTER = "workspaces.Counter"
# Who reads every event after its commit, each on its own.
EVENT_READERS: list[str] = [
    "answerable.search.reader.make_findable",
    "answerable.notifications.reader.tell_members",
    "answerable.channels.email.outgoing.acknowledge.acknowledge_arrivals",
]

# What `answerable check` looks at.
LOOKS = ["answerable.kit.server.looks.ground"]

# How people sign in

# Whether whoever has an account may start a workspace of their own.
OPEN = env.flag("OPEN", default=False)
AUTH_USER_MODEL = "workspaces.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "answerable.workspaces.entrance.adapter.Adapter"
# Tries are counted in the database (entrance/limits.py): what a cache counts, each process has.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
ACCOUNT_FORMS = {
    "login": "answerable.workspaces.entrance.forms.LoginForm",
    "reset_password": "answerable.workspaces.entrance.forms.ResetPasswordForm",
    "reset_password_from_key": "answerable.workspaces.entrance.forms.ResetPasswordKeyForm",
    "change_password": "answerable.workspaces.entrance.forms.ChangePasswordForm",
    "set_password": "answerable.workspaces.entrance.forms.SetPasswordForm",
    "reauthenticate": "answerable.workspaces.entrance.forms.ReauthenticateForm",
}
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "answerable.workspaces.entrance.second_factor.SecondFactor"
MFA_FORMS = {
    "authenticate": "answerable.workspaces.entrance.second_factor.AuthenticateForm",
    "reauthenticate": "answerable.workspaces.entrance.second_factor.ReauthenticateForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # Whoever has an account has shown that the address is theirs.
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Answerable"

# What a browser is told

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_HTTPS else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
STATIC_URL = "/static/"

# How we speak

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [ROOT / "answerable" / "look" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# Mail of the installation itself: invitations, resets, notifications

EMAIL_HOST = env.text("MAIL_HOST", "")
EMAIL_PORT = env.number("MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.text("MAIL_SECURITY", "starttls") == "starttls"
EMAIL_USE_SSL = env.text("MAIL_SECURITY", "starttls") == "tls"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Answerable <answerable@localhost>")

# Who is asked whether a mail's sender is real; empty means the system's name servers.
NAME_SERVERS = env.words("NAME_SERVERS")
