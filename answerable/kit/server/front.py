"""Who answers which path: the live layer, or Django."""

import asyncio
from collections.abc import Mapping

from answerable.kit.server.asgi import Application, Receive, Scope, Send, say


class Front:
    """Sends what begins with a live prefix to its endpoint and everything else to the pages."""

    def __init__(self, pages: Application, endpoints: Mapping[str, Application]) -> None:
        self.pages = pages
        self.endpoints = dict(endpoints)
        # Set when the server stops: whoever makes a client wait should answer now.
        self.stopping = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path == "/up" and scope["type"] == "http":
            await say(send, 200, "up\n", (b"cache-control", b"no-store"))
            return
        for prefix, endpoint in self.endpoints.items():
            if path.startswith(prefix):
                scope["stopping"] = self.stopping
                await endpoint(scope, receive, send)
                return
        if scope["type"] == "http":
            await self.pages(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
