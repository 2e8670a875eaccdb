"""The web role: uvicorn on a socket that is bound already."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from answerable.kit.server.body import Body
from answerable.kit.server.bridge import Bridge
from answerable.kit.server.careful import Careful
from answerable.kit.server.front import Front
from answerable.kit.server.pool import Pool

DRAIN_SECONDS = 20
WAITING_REQUESTS = 256
MOST_IN_A_FRAME = 64 * 1024


class Web(uvicorn.Server):
    """Uvicorn, with its signals left to the process it runs in."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def front() -> Front:
    """Everything we answer, as one ASGI application."""
    pool = Pool(settings.WEB_THREADS, line=WAITING_REQUESTS)
    body = Body(most=settings.LARGEST_REQUEST, patience=30)
    pages = Bridge(get_wsgi_application(), pool, body=body)
    endpoints = {prefix: import_string(path) for prefix, path in settings.LIVE_ENDPOINTS.items()}
    return Front(pages, endpoints)


def web(application: Front) -> Web:
    config = uvicorn.Config(
        application,
        http=Careful,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=MOST_IN_A_FRAME,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.TRUSTED_PROXIES),
        forwarded_allow_ips=",".join(settings.TRUSTED_PROXIES),
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    return Web(config)


async def serve(listening: socket.socket, stop: asyncio.Event) -> None:
    """Serve until `stop`; then answer what was asked and end."""
    application = front()
    server = web(application)
    serving = asyncio.create_task(server.serve([listening]))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    application.stopping.set()
    server.should_exit = True
    stopping.cancel()
    await serving
