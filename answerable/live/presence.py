"""Who views a conversation and who types in it: kept in memory, told as hints, never awaited."""

import secrets
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import orjson

from answerable.kit import hints
from answerable.live.frames import Here, presence
from answerable.live.line import Line

if TYPE_CHECKING:
    from answerable.live.hub import Hub

TYPING_SECONDS = 8.0
# Another process says again who is there; when it is silent for this long they have left.
VIEWING_SECONDS = 50.0
SAY_AGAIN_TURNS = 20

Place = tuple[int, int]


@dataclass(frozen=True)
class Seen:
    """One member in one conversation, on one line somewhere."""

    member: int
    name: str
    until: float
    typing_until: float = 0.0


class Presence:
    """What this process knows of who is where, by workspace and conversation."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self._seen: dict[Place, dict[str, Seen]] = defaultdict(dict)
        self._marks: dict[Line, str] = {}
        self._told: dict[Place, list[Here]] = {}

    # What members of this process do

    async def view(self, line: Line, conversation: int, *, typing: bool = False) -> None:
        if await self.hub.seen_by(line, [conversation]):
            line.viewing.add(conversation)
            self._say(line, conversation, "types" if typing else "views")
            self.greet(line, {conversation})

    def look_away(self, line: Line, conversation: int) -> None:
        if conversation in line.viewing:
            line.viewing.discard(conversation)
            self._say(line, conversation, "left")

    def leave(self, line: Line) -> None:
        for conversation in list(line.viewing):
            self.look_away(line, conversation)
        self._marks.pop(line, None)

    def greet(self, line: Line, conversations: set[int]) -> None:
        """Tell a line who is already there."""
        if not line.is_greeted:
            return
        for conversation in conversations:
            here = self._here((line.visit.workspace, conversation))
            if others := _others(here, line):
                line.push(presence(conversation, others))

    # What is heard, from this process too

    def hear(self, word: str) -> None:
        workspace, conversation, mark, member, name, what = orjson.loads(word)
        place = (workspace, conversation)
        now = time.monotonic()
        if what == "left":
            self._seen[place].pop(mark, None)
        else:
            before = self._seen[place].get(mark, Seen(member, name, 0.0))
            typing_until = {"types": now + TYPING_SECONDS, "views": 0.0}.get(what)
            self._seen[place][mark] = replace(
                before,
                until=now + VIEWING_SECONDS,
                typing_until=before.typing_until if typing_until is None else typing_until,
            )
        self._changed(place)

    def beat(self, turn: int) -> None:
        """Forget who has been silent; say again who is here."""
        now = time.monotonic()
        for place, seen in list(self._seen.items()):
            for mark in [mark for mark, one in seen.items() if one.until < now]:
                del seen[mark]
            self._changed(place)
        if turn % SAY_AGAIN_TURNS == 0:
            for line in list(self._marks):
                for conversation in line.viewing:
                    self._say(line, conversation, "still")

    def _say(self, line: Line, conversation: int, what: str) -> None:
        visit = line.visit
        mark = self._marks.setdefault(line, secrets.token_hex(6))
        said = [visit.workspace, conversation, mark, visit.member, visit.name, what]
        hints.say("presence", orjson.dumps(said).decode())

    def _here(self, place: Place) -> list[Here]:
        now = time.monotonic()
        members: dict[int, Here] = {}
        for one in self._seen.get(place, {}).values():
            typing = one.typing_until > now
            known = members.get(one.member)
            members[one.member] = Here(
                one.member, one.name, typing or (known is not None and known.typing)
            )
        return sorted(members.values(), key=lambda here: here.member)

    def _changed(self, place: Place) -> None:
        """Tell who shows the conversation, if there is something new to tell."""
        here = self._here(place)
        before = self._told.get(place, [])
        if here == before:
            return
        self._told[place] = here
        if not here:
            self._told.pop(place)
            self._seen.pop(place, None)
        self.hub.spawn(self._tell(place, before, here))

    async def _tell(self, place: Place, before: list[Here], here: list[Here]) -> None:
        workspace, conversation = place
        room = self.hub.rooms.get(workspace)
        lines = [line for line in room.lines if line.shows(conversation)] if room else []
        await self.hub.learn({line.visit.member for line in lines}, {conversation})
        for line in lines:
            others = _others(here, line)
            is_news = others != _others(before, line)
            if is_news and self.hub.access.seen_by(line.visit.member, [conversation]):
                line.push(presence(conversation, others))


def _others(here: list[Here], line: Line) -> list[Here]:
    """Nobody need be told of themselves."""
    return [one for one in here if one.member != line.visit.member]
