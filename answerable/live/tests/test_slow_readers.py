"""R22: whoever does not read costs no memory and no other's time."""

import asyncio

from answerable.live import line as lines
from answerable.live.frames import News
from answerable.live.line import MOST_WAITING, TOO_SLOW, SocketLine
from answerable.live.visit import Visit

VISIT = Visit(member=1, workspace=1, name="Ada", session="s", password_mark="")


class Wire:
    """The other end: it reads nothing until it is told to."""

    def __init__(self):
        self.reads = asyncio.Event()
        self.read = []

    async def send(self, message):
        await self.reads.wait()
        self.read.append(message)


async def test_a_reader_who_falls_far_behind_is_cut_off():
    wire, hung_up = Wire(), []
    line = SocketLine(VISIT, wire.send, lambda: hung_up.append(True))
    line.caught_up(0, [])

    line.tell([News(number, "noted", 7) for number in range(1, MOST_WAITING + 3)], {7})

    assert (line.code, len(line.waiting)) == (TOO_SLOW, 0)
    wire.reads.set()
    await asyncio.sleep(0.01)
    assert wire.read[-1] == {"type": "websocket.close", "code": TOO_SLOW}
    assert hung_up


async def test_a_reader_who_stands_still_is_cut_off(monkeypatch):
    monkeypatch.setattr(lines, "SEND_SECONDS", 0.05)
    hung_up = []
    line = SocketLine(VISIT, Wire().send, lambda: hung_up.append(True))

    line.push("{}")
    await asyncio.sleep(0.2)

    assert line.code == TOO_SLOW
    assert hung_up


async def test_what_comes_while_the_past_is_fetched_waits_its_turn():
    wire = Wire()
    wire.reads.set()
    line = SocketLine(VISIT, wire.send, lambda: None)

    line.tell([News(2, "noted", 7), News(3, "noted", 7)], {7})
    line.caught_up(2, [News(2, "noted", 7).frame])
    await asyncio.sleep(0.01)

    assert [message["text"].count('"number":3') for message in wire.read] == [0, 1]
