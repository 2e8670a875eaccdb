import asyncio
import threading

import pytest

from answerable.kit.server.body import Body
from answerable.kit.server.bridge import Bridge
from answerable.kit.server.front import Front
from answerable.kit.server.pool import Pool
from answerable.kit.server.sockets import bind
from answerable.kit.server.web import web


class Served:
    """A WSGI application behind our own front, on a real port."""

    def __init__(self, application, *, threads=2, line=4, most=1_000_000, endpoints=None):
        self.pool = Pool(threads, line=line)
        pages = Bridge(application, self.pool, body=Body(most=most, patience=2), patience=2)
        self.listening = bind("127.0.0.1", 0)
        self.port = self.listening.getsockname()[1]
        self.server = web(Front(pages, endpoints or {}))
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self):
        asyncio.run(self.server.serve([self.listening]))

    def stop(self):
        self.server.should_exit = True
        self.thread.join()
        self.pool.close()


@pytest.fixture
def serve():
    running = []

    def start(application, **options):
        running.append(Served(application, **options))
        return running[-1]

    yield start
    for served in running:
        served.stop()
