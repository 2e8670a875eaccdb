"""The post between processes: one thread that sends, one that listens."""

import logging
import random
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Protocol

import orjson

log = logging.getLogger(__name__)

Word = tuple[str, str]
WAITING, TOGETHER = 10_000, 50
LONGEST_WAIT = 10.0


class Carrier(Protocol):
    """Carries short texts to whoever listens at that moment. It may break at any time."""

    def send(self, text: str) -> None:
        """Raises whatever it likes when the line is broken."""

    def texts(self) -> Iterator[str | None]:
        """Texts as they come; first None once it listens, and None now and then between."""

    def close(self) -> None: ...


class Post:
    """Sends and hears for this process. It never makes the caller wait, and never fails it."""

    def __init__(self, carrier: Carrier, tell: Callable[[str, str], None]) -> None:
        self.carrier = carrier
        self.tell = tell
        self.is_listening = threading.Event()
        self._me = secrets.token_hex(4)
        self._waiting: deque[Word] = deque(maxlen=WAITING)
        self._news = threading.Event()
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._send_all, name="post-out", daemon=True),
            threading.Thread(target=self._listen, name="post-in", daemon=True),
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._news.set()
        for thread in self._threads:
            thread.join(3)
        self.carrier.close()

    def send(self, topic: str, word: str) -> None:
        self._waiting.append((topic, word))
        self._news.set()

    def _send_all(self) -> None:
        wait = 0.1
        while not self._stop.is_set():
            self._news.wait()
            self._news.clear()
            while words := list(islice(self._waiting, TOGETHER)):
                try:
                    self.carrier.send(orjson.dumps([self._me, words]).decode())
                except Exception as problem:  # noqa: BLE001 - hints may be lost, callers may not
                    wait = self._pause("A hint could not be sent", problem, wait)
                    self._waiting.clear()
                    break
                wait = 0.1
                self._drop(len(words))

    def _drop(self, count: int) -> None:
        for _ in range(min(count, len(self._waiting))):
            self._waiting.popleft()

    def _listen(self) -> None:
        wait = 0.1
        while not self._stop.is_set():
            try:
                self._hear_all()
            except Exception as problem:  # noqa: BLE001 - whatever broke the line, call again
                wait = self._pause("No hints are heard", problem, wait)
            else:
                wait = 0.1
            self.is_listening.clear()

    def _hear_all(self) -> None:
        for text in self.carrier.texts():
            if self._stop.is_set():
                return
            if not self.is_listening.is_set():
                self.is_listening.set()
                # What was said while nobody listened is lost: everybody looks for themselves.
                self.tell("missed", "")
            if text is not None:
                self._pass_on(text)

    def _pass_on(self, text: str) -> None:
        sender, words = orjson.loads(text)
        if sender != self._me:
            for topic, word in _in_order(words):
                self.tell(topic, word)

    def _pause(self, what: str, problem: Exception, wait: float) -> float:
        log.warning("%s: %s", what, problem)
        self._stop.wait(wait * random.uniform(0.5, 1.5))  # noqa: S311 - spreads calls
        return min(wait * 2, LONGEST_WAIT)


def _in_order(words: Sequence[Word]) -> list[Word]:
    """Each word once: a topic that is said ten times is looked at once."""
    return list(dict.fromkeys((topic, word) for topic, word in words))
