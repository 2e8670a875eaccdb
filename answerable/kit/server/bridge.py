"""The bridge from ASGI to Django's WSGI handler.

Django's own ASGI handler opens a thread and a database connection for each request and was
measured nine times slower (docs/decisions/server.md).
"""

import asyncio
import io

from answerable.kit.server.asgi import Receive, Scope, Send, say
from answerable.kit.server.body import Body, Gone, TooLarge, has_body
from answerable.kit.server.environ import environ_of
from answerable.kit.server.exchange import Exchange, WsgiApplication
from answerable.kit.server.pool import Pool

CLOSE = (b"connection", b"close")


class Bridge:
    """An ASGI application that asks a WSGI one, on the threads of a pool."""

    def __init__(
        self, application: WsgiApplication, pool: Pool, *, body: Body, patience: float = 60
    ) -> None:
        self.application = application
        self.pool = pool
        self.body = body
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            exchange = await self._begin(scope, receive)
        except TooLarge:
            await say(send, 413, "This is larger than the server takes.\n", CLOSE)
        except TimeoutError:
            await say(send, 408, "The request did not arrive in time.\n", CLOSE)
        except Gone:
            return
        else:
            await self._finish(exchange, receive, send)

    async def _begin(self, scope: Scope, receive: Receive) -> Exchange:
        body, size = io.BytesIO(), None
        if has_body(scope):
            body, size = await self.body.read(scope, receive)  # type: ignore[assignment]
        environ = environ_of(scope, body, size)
        return Exchange(self.application, environ, patience=self.patience)

    async def _finish(self, exchange: Exchange, receive: Receive, send: Send) -> None:
        if not self.pool.take(exchange.run):
            exchange.environ["wsgi.input"].close()
            await say(send, 503, "Too much at once. Try again.\n", (b"retry-after", b"2"))
            return
        leaving = asyncio.ensure_future(_left(receive, exchange))
        try:
            await exchange.answer(send)
        finally:
            leaving.cancel()


async def _left(receive: Receive, exchange: Exchange) -> None:
    """Nobody needs the answer of a client that has gone, least of all while it waits in line."""
    while (await receive())["type"] != "http.disconnect":
        pass
    exchange.abandon()
