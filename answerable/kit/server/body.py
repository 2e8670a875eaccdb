"""What a client sends, kept until it is whole, so that a slow client costs no thread."""

import asyncio
import tempfile
from typing import IO

from answerable.kit.server.asgi import Receive, Scope

IN_MEMORY = 512 * 1024


class TooLarge(Exception):
    """More than this server takes."""


class Gone(Exception):
    """The client left before it had said everything."""


class Body:
    """Reads a request's body: small ones into memory, large ones into a file without a name."""

    def __init__(self, *, most: int, patience: float) -> None:
        self.most = most
        self.patience = patience

    async def read(self, scope: Scope, receive: Receive) -> tuple[IO[bytes], int]:
        """The body, rewound, and its length. Raises TooLarge, Gone or TimeoutError."""
        if _length(scope) > self.most:
            raise TooLarge
        body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - given away
        try:
            size = await self._fill(body, receive)
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return body, size

    async def _fill(self, body: IO[bytes], receive: Receive) -> int:
        size, more = 0, True
        while more:
            async with asyncio.timeout(self.patience):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            size += body.write(message.get("body", b""))
            if size > self.most:
                raise TooLarge
            more = message.get("more_body", False)
        return size


def has_body(scope: Scope) -> bool:
    return any(name in {b"content-length", b"transfer-encoding"} for name, _ in scope["headers"])


def _length(scope: Scope) -> int:
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(said) if said.isdigit() else 0
