"""One member's line: a socket, or a request that waits."""

import asyncio
from collections import deque
from collections.abc import Callable

from answerable.kit.server.asgi import Send
from answerable.live.frames import News, gone
from answerable.live.visit import Visit

NOT_FOUND, TOO_SLOW, TOO_MUCH = 4404, 4408, 4429
MOST_WAITING = 300
SEND_SECONDS = 15


class Line:
    """What a line knows, and what waits to be said on it."""

    # Whether it is told at once who is there already; a request that waits would end by that.
    is_greeted = True

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        # The newest event that was passed on or passed over; None until it has caught up.
        self.number: int | None = None
        self.watching: set[int] = set()
        self.viewing: set[int] = set()
        self.waiting: deque[str] = deque()
        self.held: list[tuple[list[News], set[int]]] = []
        self.code = 0

    def tell(self, news: list[News], seen: set[int]) -> None:
        """Pass on those that may be seen; hold them while what was missed is being fetched."""
        if self.number is None:
            self.held.append((news, seen))
            return
        for one in news:
            if one.number > self.number:
                self._tell_one(one, seen)
                self.number = one.number

    def caught_up(self, number: int, frames: list[str]) -> None:
        """What was missed comes first, then what was held meanwhile, each event once."""
        self.number = number
        for frame in frames:
            self.push(frame)
        held, self.held = self.held, []
        for news, seen in held:
            self.tell(news, seen)

    def push(self, frame: str) -> None:
        if len(self.waiting) >= MOST_WAITING:
            self.cut(TOO_SLOW)
        elif not self.code:
            self.waiting.append(frame)
            self._flush()

    def cut(self, code: int) -> None:
        """Say nothing more, and end with this code."""
        self.code = self.code or code
        self.waiting.clear()
        self._flush()

    def shows(self, conversation: int) -> bool:
        return conversation in self.watching or conversation in self.viewing

    def _tell_one(self, one: News, seen: set[int]) -> None:
        if one.conversation in seen:
            self.push(one.frame)
        elif self.shows(one.conversation):
            self.watching.discard(one.conversation)
            self.viewing.discard(one.conversation)
            self.push(gone(one.number, one.conversation))

    def _flush(self) -> None:
        raise NotImplementedError


class SocketLine(Line):
    """A WebSocket; a task exists only while there is something to say."""

    def __init__(self, visit: Visit, send: Send, hang_up: Callable[[], object]) -> None:
        super().__init__(visit)
        self._send = send
        self._hang_up = hang_up
        self._saying: asyncio.Task[None] | None = None

    def _flush(self) -> None:
        if self._saying is None:
            self._saying = asyncio.get_running_loop().create_task(self._say_all())

    async def _say_all(self) -> None:
        try:
            # A reader this slow would keep all that is said to it in our memory (R22).
            async with asyncio.timeout(SEND_SECONDS):
                while self.waiting:
                    await self._send({"type": "websocket.send", "text": self.waiting.popleft()})
                if self.code:
                    await self._send({"type": "websocket.close", "code": self.code})
        except Exception:  # noqa: BLE001 - however it ended, the line is of no more use
            self.code = self.code or TOO_SLOW
        finally:
            self._saying = None
            if self.code:
                self._hang_up()


class PollLine(Line):
    """A request that is answered as soon as there is something to say."""

    is_greeted = False

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.rung = asyncio.Event()

    def _flush(self) -> None:
        self.rung.set()
