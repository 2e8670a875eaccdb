"""One connection as whole lines and whole mails, within limits.

bytes ─▶ buffer ─▶ line()   up to CRLF
                └▶ mail()   up to CRLF . CRLF, and nothing else ends it
"""

import asyncio
import ssl
from typing import Final, cast

END_OF_LINE: Final = b"\r\n"
END_OF_MAIL: Final = b"\r\n.\r\n"
LONGEST_LINE: Final = 4096
ENOUGH_AHEAD: Final = 256 * 1024


class Ended(Exception):
    """The other side went away."""


class LineTooLong(Exception):
    """More than a command may have came without a line end."""


class BareNewline(Exception):
    """A CR or LF stood alone, which two servers may read as two different mails."""


class TooMuch(Exception):
    """The mail is larger than the limit; its bytes were read and dropped."""


class Wire(asyncio.Protocol):
    """Reads by command or by mail, and writes replies together when the other side pipelines."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.buffer = bytearray()
        self._replies: list[bytes] = []
        self._arrived: asyncio.Future[None] | None = None
        self._drained: asyncio.Future[None] | None = None
        self._news = False
        self._ended = False
        self._room = ENOUGH_AHEAD
        self._paused = False

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        self._news = True
        if len(self.buffer) > self._room and not self._paused:
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        self._ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self._ended = True
        self._wake()
        self.resume_writing()

    def pause_writing(self) -> None:
        self._drained = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        if self._drained and not self._drained.done():
            self._drained.set_result(None)
        self._drained = None

    # What the dialogue calls

    @property
    def is_secure(self) -> bool:
        return self.transport.get_extra_info("sslcontext") is not None

    async def line(self) -> bytes:
        """The next command without its CRLF. Raises Ended, LineTooLong or BareNewline."""
        while (end := self.buffer.find(END_OF_LINE)) < 0:
            if len(self.buffer) > LONGEST_LINE:
                await self._drop_line()
                raise LineTooLong
            await self._more()
        line = bytes(self.buffer[:end])
        del self.buffer[: end + 2]
        if len(line) > LONGEST_LINE:
            raise LineTooLong
        if b"\r" in line or b"\n" in line:
            raise BareNewline
        return line

    async def mail(self, limit: int) -> bytes:
        """The next mail as it was before dot-stuffing. Raises Ended, TooMuch or BareNewline."""
        # A mail may begin with its end, so the CRLF before its first line is needed.
        self.buffer[:0] = END_OF_LINE
        self._room = limit + ENOUGH_AHEAD
        searched = 0
        too_much = False
        while (end := self.buffer.find(END_OF_MAIL, searched)) < 0:
            searched = max(0, len(self.buffer) - len(END_OF_MAIL) + 1)
            if len(self.buffer) > limit + 4 + len(END_OF_LINE):
                too_much = True
                del self.buffer[:searched]
                searched = 0
            await self._more()
        self._room = ENOUGH_AHEAD
        stuffed = bytes(memoryview(self.buffer)[: end + 2])
        del self.buffer[: end + len(END_OF_MAIL)]
        if too_much or len(stuffed) > limit + len(END_OF_LINE):
            raise TooMuch
        return _unstuffed(stuffed)

    def say(self, *lines: str) -> None:
        """A reply; all but the last line of several are marked as to be continued."""
        code = lines[0][:3]
        rest = [line[4:] for line in lines]
        said = [f"{code}-{text}\r\n" for text in rest[:-1]] + [f"{code} {rest[-1]}\r\n"]
        self._replies.append("".join(said).encode("ascii", "backslashreplace"))

    async def flush(self) -> None:
        if self._replies and not self.transport.is_closing():
            self.transport.write(b"".join(self._replies))
        self._replies.clear()
        if self._drained:
            await self._drained

    async def start_tls(self, context: ssl.SSLContext) -> None:
        # What was sent ahead in the clear could be anyone's: CVE-2011-0411, CVE-2024-34083.
        self.buffer.clear()
        await self.flush()
        self.buffer.clear()
        loop = asyncio.get_running_loop()
        secured = await loop.start_tls(
            self.transport, self, context, server_side=True, ssl_handshake_timeout=30
        )
        if secured is None:
            raise Ended
        self.transport = secured

    def close(self) -> None:
        self.transport.close()

    def abort(self) -> None:
        self.transport.abort()

    # Inside

    async def _more(self) -> None:
        await self.flush()
        if self._news:
            self._news = False
            return
        if self._ended:
            raise Ended
        if self._paused:
            self._paused = False
            self.transport.resume_reading()
        self._arrived = asyncio.get_running_loop().create_future()
        await self._arrived
        self._news = False

    def _wake(self) -> None:
        if self._arrived and not self._arrived.done():
            self._arrived.set_result(None)

    async def _drop_line(self) -> None:
        while (end := self.buffer.find(END_OF_LINE)) < 0:
            del self.buffer[:-1]
            await self._more()
        del self.buffer[: end + 2]


def _unstuffed(stuffed: bytes) -> bytes:
    """RFC 5321, 4.5.2: the dot that begins a line is taken away."""
    pairs = stuffed.count(END_OF_LINE)
    if stuffed.count(b"\n") != pairs or stuffed.count(b"\r") != pairs:
        raise BareNewline
    return stuffed.replace(b"\r\n.", END_OF_LINE)[2:]
