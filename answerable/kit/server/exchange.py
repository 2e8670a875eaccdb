"""One request on its way through a thread, and its answer on the way back."""

import asyncio
import io
import logging
import os
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from answerable.kit.server.asgi import Headers, Send

log = logging.getLogger(__name__)

CHUNK = 64 * 1024
AHEAD = 4
GONE = 499
WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass
class Answer:
    """Status and headers, with the whole body, or the file or the stream it comes from."""

    status: int
    headers: Headers
    body: bytes = b""
    file: int | None = None
    stream: "asyncio.Queue[bytes | None] | None" = None

    @property
    def is_whole(self) -> bool:
        return self.file is None and self.stream is None


class Exchange:
    """Runs in a thread of the pool (`run`) and in the event loop (`answer`)."""

    def __init__(
        self, application: WsgiApplication, environ: dict[str, Any], *, patience: float
    ) -> None:
        self.application = application
        self.environ = environ
        self.patience = patience
        self.loop = asyncio.get_running_loop()
        self.answered: asyncio.Future[Answer] = self.loop.create_future()
        self.is_abandoned = False
        self._stream: asyncio.Queue[bytes | None] | None = None
        self._status = 500
        self._headers: Headers = []

    # In the thread

    def run(self) -> None:
        try:
            if not self.is_abandoned:
                self._ask()
        except Exception:
            log.exception("%s ended without an answer", self.environ["PATH_INFO"])
            self._give(Answer(HTTPStatus.INTERNAL_SERVER_ERROR, []))
        finally:
            self.environ["wsgi.input"].close()

    def _ask(self) -> None:
        response = self.application(self.environ, self._start)
        try:
            if not getattr(response, "streaming", False):
                self._give(Answer(self._status, self._headers, b"".join(response)))
            elif (file := _file_of(response)) is not None:
                self._give(Answer(self._status, self._headers, file=file))
            else:
                self._give_stream(response)
        finally:
            if close := getattr(response, "close", None):
                close()

    def _start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        self._status = int(status[:3])
        self._headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]

    def _give_stream(self, chunks: Iterable[bytes]) -> None:
        stream = self._stream = asyncio.Queue(AHEAD)
        self._give(Answer(self._status, self._headers, stream=stream))
        try:
            for chunk in chunks:
                if self.is_abandoned:
                    return
                self._put(stream, chunk)
        finally:
            self._put(stream, None)

    def _put(self, stream: "asyncio.Queue[bytes | None]", chunk: bytes | None) -> None:
        """Wait until the client has taken enough of what came before, but not for ever."""
        if self.is_abandoned:
            return
        put = asyncio.run_coroutine_threadsafe(stream.put(chunk), self.loop)
        try:
            put.result(self.patience)
        except TimeoutError:
            put.cancel()
            self.is_abandoned = True

    def _give(self, answer: Answer) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it whoever waits
            self.loop.call_soon_threadsafe(self._settle, answer)

    # In the event loop

    def _settle(self, answer: Answer) -> None:
        if not self.answered.done():
            self.answered.set_result(answer)
        elif answer.file is not None:
            os.close(answer.file)

    def abandon(self) -> None:
        """The client has gone: whoever waits for the answer, or for more of it, need not."""
        self.is_abandoned = True
        self._settle(Answer(GONE, []))
        if self._stream is not None:
            while not self._stream.empty():
                self._stream.get_nowait()
            self._stream.put_nowait(None)

    async def answer(self, send: Send) -> None:
        answer = await self.answered
        start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        is_head = self.environ["REQUEST_METHOD"] == "HEAD"
        try:
            await send(start)
            if answer.is_whole or is_head:
                body = b"" if is_head else answer.body
                await send({"type": "http.response.body", "body": body})
            else:
                await self._pass_on(answer, send)
        finally:
            self.is_abandoned = True
            if answer.file is not None:
                os.close(answer.file)

    async def _pass_on(self, answer: Answer, send: Send) -> None:
        async for chunk in _chunks(answer):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _chunks(answer: Answer) -> AsyncIterator[bytes]:
    if answer.file is not None:
        while chunk := await asyncio.to_thread(os.read, answer.file, CHUNK):
            yield chunk
    elif answer.stream is not None:
        while (part := await answer.stream.get()) is not None:
            yield part


def _file_of(response: Iterable[bytes]) -> int | None:
    """A descriptor of its own on the file that a response streams, so that no thread waits."""
    file = getattr(response, "file_to_stream", None)
    try:
        descriptor = os.dup(file.fileno())  # type: ignore[union-attr]
        os.lseek(descriptor, file.tell(), os.SEEK_SET)  # type: ignore[union-attr]
    except (AttributeError, OSError, io.UnsupportedOperation, ValueError):
        return None
    return descriptor
