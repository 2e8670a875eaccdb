"""What the command does for the process itself: run, web, worker, mail."""

import gc
import socket
import sys

import django
from django.conf import settings

from answerable.kit.server.sockets import bind


def run(_words: list[str]) -> int:
    """Everything in one process: pages, live layer, background work, mail."""
    return _serve("web", "worker", "mail")


def web(_words: list[str]) -> int:
    """Pages and the live layer alone."""
    return _serve("web")


def worker(_words: list[str]) -> int:
    """Background work alone."""
    return _serve("worker")


def mail(_words: list[str]) -> int:
    """The mail receivers alone."""
    return _serve("mail")


def _serve(*roles: str) -> int:
    # Nothing that is imported now will ever be garbage: looking for it triples the start.
    gc.disable()
    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    listening = _listen() if "web" in roles else None
    django.setup()
    # Models can be imported only now.
    from answerable.kit.server.home import migrate  # noqa: PLC0415
    from answerable.kit.server.process import Process  # noqa: PLC0415

    migrate()
    process = Process(roles, listening)
    if listening:
        sys.stdout.write(f"Answerable is at {settings.SITE_URL}\n")
        sys.stdout.flush()
    process.run()
    return 0


def _listen() -> socket.socket:
    try:
        return bind(settings.HOST, settings.PORT)
    except OSError as problem:
        sys.exit(f"Port {settings.PORT} of {settings.HOST} cannot be taken: {problem.strerror}.")
