"""The hub of one process: which lines are open, and what each is told.

It lives in one event loop. Only its own threads ask the database, and nobody waits for it.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from django.db import close_old_connections

from answerable.kit import hints
from answerable.kit.server.pool import Pool
from answerable.live import log as event_log
from answerable.live.access import Access
from answerable.live.frames import News
from answerable.live.line import NOT_FOUND, Line
from answerable.live.presence import Presence
from answerable.live.visit import Visit, let_in, still_in

log = logging.getLogger(__name__)

PULSE_SECONDS = 1.0
MOST_QUESTIONS = 10_000
Words = ParamSpec("Words")
Result = TypeVar("Result")


class Room:
    """The lines of one workspace in this process."""

    def __init__(self) -> None:
        self.lines: set[Line] = set()
        # The newest event that was passed on here.
        self.number: int | None = None
        self.is_behind = False
        self.reading: asyncio.Task[None] | None = None


class Hub:
    """Hears that there are events, reads them once, and tells each line what it may know."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.rooms: dict[int, Room] = {}
        self.access = Access()
        self.presence = Presence(self)
        self._threads = Pool(2, line=MOST_QUESTIONS, name="live")
        self._tasks: set[asyncio.Task[Any]] = set()
        self._forget = [
            hints.hear("events", lambda word: self._from_afar(self.look, int(word))),
            hints.hear("presence", lambda word: self._from_afar(self.presence.hear, word)),
            hints.hear("access", lambda _word: self._from_afar(self._access_changed)),
            hints.hear("missed", lambda _word: self._from_afar(self._look_everywhere)),
        ]
        self.spawn(self._pulse())

    def close(self) -> None:
        for forget in self._forget:
            forget()
        for task in self._tasks:
            task.cancel()
        self._threads.close()

    # Lines

    async def let_in(self, cookies: str, workspace: str) -> Visit | None:
        return await self.ask(let_in, cookies, workspace)

    async def join(self, line: Line, since: int | None, watching: set[int]) -> None:
        """Put the line on first and fetch what it missed second, so that nothing falls between."""
        room = self.rooms.setdefault(line.visit.workspace, Room())
        room.lines.add(line)
        missed = await self.ask(event_log.missed_by, line.visit, since, watching)
        if room.number is None:
            room.number = missed.number
        line.watching = missed.watching
        line.caught_up(missed.number, missed.frames)
        self.presence.greet(line, missed.watching)

    async def watch(self, line: Line, conversations: set[int]) -> None:
        """The page shows these now; only what may be seen is watched."""
        line.watching = await self.seen_by(line, conversations)
        self.presence.greet(line, line.watching)

    def leave(self, line: Line) -> None:
        self.presence.leave(line)
        room = self.rooms.get(line.visit.workspace)
        if room:
            room.lines.discard(line)
            if not room.lines:
                del self.rooms[line.visit.workspace]

    async def seen_by(self, line: Line, conversations: Iterable[int]) -> set[int]:
        conversations = set(conversations)
        await self.learn({line.visit.member}, conversations)
        return self.access.seen_by(line.visit.member, conversations)

    async def learn(self, members: set[int], conversations: set[int]) -> None:
        """Ask the database whatever of this is not known or no longer fresh."""
        unknown = self.access.unknown(members, conversations)
        if unknown:
            self.access.learn(await self.ask(event_log.seen_by, members, unknown), unknown)

    # Events

    def look(self, workspace: int) -> None:
        """There may be news in this workspace."""
        room = self.rooms.get(workspace)
        if room is None:
            return
        room.is_behind = True
        if room.reading is None:
            room.reading = self.spawn(self._read(workspace, room))

    async def _read(self, workspace: int, room: Room) -> None:
        """Pass on what is new until nothing is; hints that come meanwhile make one more look."""
        try:
            while room.is_behind and room.number is not None:
                room.is_behind = False
                news = await self.ask(event_log.news_of, workspace, room.number)
                if news:
                    await self._tell(room, news)
                    room.number = news[-1].number
                    room.is_behind = room.is_behind or len(news) == event_log.AT_ONCE
        finally:
            room.reading = None

    async def _tell(self, room: Room, news: list[News]) -> None:
        conversations = {one.conversation for one in news}
        # An event may be the very one that moved the conversation out of somebody's sight.
        self.access.forget(conversations=conversations)
        lines = list(room.lines)
        await self.learn({line.visit.member for line in lines}, conversations)
        for line in lines:
            line.tell(news, self.access.seen_by(line.visit.member, conversations))

    # What happens again and again

    async def _pulse(self) -> None:
        turn = 0
        while True:
            await asyncio.sleep(PULSE_SECONDS)
            turn += 1
            try:
                await self._beat(turn)
            except Exception:
                log.exception("The live layer could not look around")

    async def _beat(self, turn: int) -> None:
        """A hint may be lost: look whether there is news. Access may end: look who may stay."""
        if not self.rooms:
            return
        for workspace, number in (await self.ask(event_log.heads, list(self.rooms))).items():
            room = self.rooms.get(workspace)
            if room and (room.number or 0) < number:
                self.look(workspace)
        if turn % 2 == 0:
            await self._look_who_may_stay()
            self.access.tidy()
        self.presence.beat(turn)

    async def _look_who_may_stay(self) -> None:
        lines = [line for room in self.rooms.values() for line in room.lines]
        stay = await self.ask(still_in, {line.visit for line in lines})
        for line in lines:
            if line.visit not in stay:
                line.cut(NOT_FOUND)

    def _access_changed(self) -> None:
        self.access.forget()
        self.spawn(self._look_who_may_stay())

    def _look_everywhere(self) -> None:
        for workspace in list(self.rooms):
            self.look(workspace)

    # Threads and tasks

    async def ask(
        self, question: Callable[Words, Result], *words: Words.args, **more: Words.kwargs
    ) -> Result:
        """Ask the database in a thread of ours."""

        answered: asyncio.Future[Result] = self.loop.create_future()

        def answer() -> None:
            close_old_connections()
            try:
                result = question(*words, **more)
            except Exception as problem:  # noqa: BLE001 - whoever asked is told
                self._from_afar(_settle, answered, None, problem)
            else:
                self._from_afar(_settle, answered, result, None)

        self._threads.take(answer)
        return await answered

    def spawn(self, work: Any) -> asyncio.Task[Any]:
        task: asyncio.Task[Any] = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _from_afar(self, act: Callable[..., object], *words: object) -> None:
        """A hint comes in whatever thread said it."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(act, *words)


def _settle(answered: "asyncio.Future[Any]", result: Any, problem: Exception | None) -> None:
    if answered.done():
        return
    if problem is None:
        answered.set_result(result)
    else:
        answered.set_exception(problem)
