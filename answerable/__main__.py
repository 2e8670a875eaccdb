"""The command: `answerable VERB …`, also `python -m answerable`."""

import os
import sys
from collections.abc import Callable
from importlib import import_module

VERBS = {
    "run": "answerable.kit.server.verbs.run",
    "web": "answerable.kit.server.verbs.web",
    "worker": "answerable.kit.server.verbs.worker",
    "mail": "answerable.kit.server.verbs.mail",
    "check": "answerable.kit.server.check.check",
    "manage": "answerable.kit.server.manage.manage",
}

# What sysexits.h calls them.
USAGE, CONFIG = 64, 78


def main(words: list[str] | None = None) -> int:
    words = sys.argv[1:] if words is None else words
    if not words or words[0] not in VERBS:
        sys.stderr.write(f"usage: answerable {{{'|'.join(VERBS)}}} …\n")
        return USAGE
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")
    if problem := _problem_with_settings():
        sys.stderr.write(f"{problem}\n")
        return CONFIG
    module, _, name = VERBS[words[0]].rpartition(".")
    verb: Callable[[list[str]], int | None] = getattr(import_module(module), name)
    return verb(words[1:]) or 0


def _problem_with_settings() -> str:
    """Why the settings cannot be used, in words; empty when they can."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        unasked: list[str] = settings.ENV.unasked()
    except ImproperlyConfigured as problem:
        return str(problem)
    return "\n".join(f"{name} is not a setting." for name in unasked)


if __name__ == "__main__":
    sys.exit(main())
