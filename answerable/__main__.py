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
    "take-in": "answerable.channels.email.receivers.take_in.take_in",
    "check": "answerable.kit.server.check.check",
    "manage": "answerable.kit.server.commands.manage",
}

# These begin with a database that is up to date.
VERBS_ON_DATA = {
    "demo": "answerable.demo.command.demo",
    "workspace": "answerable.workspaces.commands.workspace.workspace",
    "member": "answerable.workspaces.commands.member.member",
    "conversations": "answerable.conversations.command.conversations",
}

# What sysexits.h calls them.
USAGE, CONFIG = 64, 78


def main(words: list[str] | None = None) -> int:
    words = sys.argv[1:] if words is None else words
    paths = VERBS | VERBS_ON_DATA
    if not words or words[0] not in paths:
        sys.stderr.write(f"usage: answerable {{{'|'.join(paths)}}} …\n")
        return USAGE
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")
    if problem := _problem_with_settings():
        sys.stderr.write(f"{problem}\n")
        return CONFIG
    if words[0] in VERBS_ON_DATA:
        _prepare_data()
    module, _, name = paths[words[0]].rpartition(".")
    verb: Callable[[list[str]], int | None] = getattr(import_module(module), name)
    try:
        return verb(words[1:]) or 0
    except BrokenPipeError:
        # Whoever read us has read enough, as `| head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _prepare_data() -> None:
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    django.setup()
    from answerable.kit.server.home import migrate  # noqa: PLC0415

    migrate()


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
