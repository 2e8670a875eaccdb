"""`/live/w/<workspace>`: a socket for members; `…/since?n=`: the same by requests that wait."""

import asyncio
import time
from typing import Any
from urllib.parse import parse_qs
from weakref import WeakKeyDictionary

import orjson

from answerable.kit.server.asgi import Receive, Scope, Send, say
from answerable.live.door import header, is_from_our_page
from answerable.live.hub import Hub
from answerable.live.line import NOT_FOUND, TOO_MUCH, PollLine, SocketLine

PREFIX = "/live/w/"
WAIT_SECONDS = 25
MOST_WATCHED = 300
WORDS_A_SECOND = 20

_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running loop, opened by whoever comes first."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


async def members(scope: Scope, receive: Receive, send: Send) -> None:
    workspace, _, rest = scope["path"].removeprefix(PREFIX).partition("/")
    if scope["type"] == "websocket":
        await _socket(scope, receive, send, "" if rest else workspace)
    elif rest == "since" and scope["method"] == "GET":
        await _poll(scope, receive, send, workspace)
    else:
        await say(send, 404, "Not found.\n")


async def _socket(scope: Scope, receive: Receive, send: Send, workspace: str) -> None:
    await receive()
    visit = None
    if is_from_our_page(scope, must_say=True):
        visit = await hub().let_in(header(scope, b"cookie"), workspace)
    if visit is None:
        await send({"type": "websocket.close", "code": NOT_FOUND})
        return
    await send({"type": "websocket.accept"})
    listening = asyncio.current_task()
    assert listening is not None  # noqa: S101 - a coroutine runs in a task
    line = SocketLine(visit, send, listening.cancel)
    try:
        await _listen(line, receive)
    except asyncio.CancelledError:
        # Cut by ourselves, or the whole server stops: in both cases this line has ended.
        if not line.code:
            raise
    finally:
        hub().leave(line)


async def _listen(line: SocketLine, receive: Receive) -> None:
    began, words = time.monotonic(), 0
    while (message := await receive())["type"] == "websocket.receive":
        words += 1
        if words > WORDS_A_SECOND * (1 + time.monotonic() - began):
            line.cut(TOO_MUCH)
        if not line.code:
            await _heed(line, _word(message))


def _word(message: Any) -> dict[str, Any]:
    """What the page says; nothing, when it is no JSON object."""
    try:
        word = orjson.loads(message.get("text") or "")
    except orjson.JSONDecodeError:
        return {}
    return word if isinstance(word, dict) else {}


async def _heed(line: SocketLine, word: dict[str, Any]) -> None:
    watching = _numbers(word.get("watching"))
    if line.number is None and "since" in word:
        await hub().join(line, _number(word["since"]), watching)
    elif "watching" in word:
        await hub().watch(line, watching)
    for what in ("view", "typing"):
        if (conversation := _number(word.get(what))) is not None:
            await hub().presence.view(line, conversation, typing=what == "typing")
    if (conversation := _number(word.get("leave"))) is not None:
        hub().presence.look_away(line, conversation)


async def _poll(scope: Scope, receive: Receive, send: Send, workspace: str) -> None:
    visit = None
    if is_from_our_page(scope, must_say=False):
        visit = await hub().let_in(header(scope, b"cookie"), workspace)
    if visit is None:
        await say(send, 404, "Not found.\n")
        return
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    since = _number(_int(asked.get("n", [""])[0]))
    watching = _numbers([_int(one) for one in asked.get("watching", [""])[0].split(",")])
    line = PollLine(visit)
    try:
        await hub().join(line, since, watching)
        # What a line is told at once is more than "up": then there is no need to wait.
        if since is not None and len(line.waiting) == 1:
            line.rung.clear()
            await _rung_or_gone(line, receive, scope)
        await _answer(line, send)
    finally:
        hub().leave(line)


async def _rung_or_gone(line: PollLine, receive: Receive, scope: Scope) -> None:
    waits = [line.rung.wait(), _gone(receive)]
    if stopping := scope.get("stopping"):
        waits.append(stopping.wait())
    tasks: list[asyncio.Task[Any]] = [asyncio.create_task(wait) for wait in waits]
    await asyncio.wait(tasks, timeout=WAIT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(line: PollLine, send: Send) -> None:
    if line.code:
        await say(send, 404, "Not found.\n")
        return
    body = f"[{','.join(line.waiting)}]".encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _int(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _number(value: object) -> int | None:
    ours = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    return value if ours else None  # type: ignore[return-value]


def _numbers(values: object) -> set[int]:
    if not isinstance(values, list):
        return set()
    return {one for value in values[:MOST_WATCHED] if (one := _number(value)) is not None}
