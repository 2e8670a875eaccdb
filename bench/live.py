"""Many open pages: memory for each, and how soon all of them hear of a change.

    python -m bench.live [SOCKETS]

The floor, in the same run: the same sockets, told by nothing but the answer to a ping.
"""

import asyncio
import json
import re
import statistics
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import websockets

from bench.start import resident
from tests.running import Running

PASSWORD, TIMES = "a-demo-password", 30
REOPENING = "/w/demo/conversations/1/reopening"


class Browser:
    """Signed in as the owner of the demo."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.post("/accounts/login/", login="owner@demo.example", password=PASSWORD)

    def get(self, path: str) -> str:
        return self.opener.open(self.url + path, timeout=10).read().decode()

    def post(self, path: str, form_at: str = "/accounts/login/", **fields: str) -> None:
        if not hasattr(self, "token"):
            self.token = re.search(r'csrfmiddlewaretoken" value="(\w+)', self.get(form_at))[1]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        headers = {"Origin": self.url, "Referer": self.url}
        request = urllib.request.Request(self.url + path, body, headers)  # noqa: S310 - our own
        self.opener.open(request, timeout=10).read()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


async def opened(browser: Browser, url: str) -> websockets.ClientConnection:
    address = f"{url.replace('http', 'ws')}/live/w/demo"
    headers = {"Cookie": browser.cookie}
    socket = await websockets.connect(
        address, origin=url, additional_headers=headers, compression=None
    )
    await socket.send('{"since": null}')
    while "up" not in json.loads(await socket.recv()):
        pass
    return socket


async def change(browser: Browser, sockets: list, what: str) -> float:
    """Seconds from the click until the last page has heard."""
    began = time.perf_counter()
    hearing = [asyncio.create_task(socket.recv()) for socket in sockets]
    await asyncio.to_thread(browser.post, f"/w/demo/conversations/1/{what}")
    await asyncio.gather(*hearing)
    return time.perf_counter() - began


async def floor(sockets: list) -> float:
    began = time.perf_counter()
    await asyncio.gather(*[await socket.ping() for socket in sockets])
    return time.perf_counter() - began


async def measure(running: Running, count: int) -> None:
    browser = await asyncio.to_thread(Browser, running.url)
    browser.__dict__.pop("token")
    await asyncio.to_thread(browser.post, REOPENING, "/w/demo/lists/open")
    sockets = [await opened(browser, running.url) for _ in range(count // 4)]
    before, warm = resident(running.process.pid), len(sockets)
    sockets += [await opened(browser, running.url) for _ in range(count - warm)]
    kilobytes = (resident(running.process.pid) - before) * 1000 / (count - warm)
    one = [await change(browser, sockets[:0], what) for what in ("resolution", "reopening") * 5]
    for socket in sockets:
        for _ in one:
            await socket.recv()
    waits = [await change(browser, sockets, what) for what in ("resolution", "reopening") * 15]
    pings = [await floor(sockets) for _ in range(TIMES)]
    figures = {
        "sockets": count,
        "kb_each": round(kilobytes, 1),
        "click_ms": ms(one),
        "all_heard_ms": ms(waits),
        "floor_pings_ms": ms(pings),
    }
    print(json.dumps({"what": "open pages", **figures}))
    await asyncio.gather(*[socket.close() for socket in sockets])


def ms(seconds: list[float]) -> float:
    return round(statistics.median(seconds) * 1000, 1)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        running = Running(Path(folder) / "data")
        running.command("demo", "--password", PASSWORD)
        running.start()
        try:
            asyncio.run(measure(running, count))
        finally:
            running.stop()


if __name__ == "__main__":
    main()
