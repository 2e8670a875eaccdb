import asyncio
import http.client
import threading
from contextlib import contextmanager
from types import SimpleNamespace

import orjson
import pytest
from websockets.sync.client import connect

from answerable.kit.server.front import Front
from answerable.kit.server.sockets import bind
from answerable.kit.server.web import web
from answerable.live import endpoint


async def _no_pages(scope, receive, send):
    raise AssertionError


@pytest.fixture
def live(transactional_db, settings):
    """The live layer on a real port, in this process."""
    listening = bind("127.0.0.1", 0)
    port = listening.getsockname()[1]
    settings.SITE_URL = f"http://127.0.0.1:{port}"
    front = Front(_no_pages, {endpoint.PREFIX: endpoint.members})
    server = web(front)

    async def serve():
        await server.serve([listening])
        endpoint.hub().close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    yield SimpleNamespace(url=settings.SITE_URL, port=port, front=front)
    server.should_exit = True
    thread.join()


@pytest.fixture
def cookie(client):
    def of(member):
        client.force_login(member.user)
        name = client.session._session_key
        return f"session={name}"

    return of


class Page:
    """A page that has a line."""

    def __init__(self, socket):
        self.socket = socket

    def say(self, **word):
        self.socket.send(orjson.dumps(word).decode())

    def hear(self, timeout=5):
        return orjson.loads(self.socket.recv(timeout=timeout))

    def hears_nothing(self, seconds=0.4):
        try:
            self.heard = self.hear(timeout=seconds)
        except TimeoutError:
            return True
        return False

    def hear_until_up(self):
        heard = [self.hear()]
        while "up" not in heard[-1]:
            heard.append(self.hear())
        return heard[:-1]


@pytest.fixture
def open_page(live, cookie):
    @contextmanager
    def opened(member, *, since=None, watching=(), origin=None, workspace=None):
        slug = workspace or member.workspace.slug
        url = f"ws://127.0.0.1:{live.port}/live/w/{slug}"
        headers = {"Cookie": cookie(member)}
        with connect(url, origin=origin or live.url, additional_headers=headers) as socket:
            page = Page(socket)
            page.say(since=since, watching=list(watching))
            yield page

    return opened


@pytest.fixture
def ask(live, cookie):
    """Asks by a request that waits; the connection whose answer will come."""

    def asked(member, query, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=30)
        headers |= {"Cookie": cookie(member)}
        connection.request("GET", f"/live/w/demo/since?{query}", headers=headers)
        return connection

    return asked
