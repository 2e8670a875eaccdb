"""Hints between threads and processes: words that save a wait, and may be lost without harm.

say(topic, word) ─┬─▶ hearers in this process, at once
                  └─▶ post ─▶ Valkey or PostgreSQL ─▶ hearers in the other processes
"""

from collections.abc import Callable

from answerable.kit.hints.board import Board, Hearer
from answerable.kit.hints.post import Carrier, Post

__all__ = ["Carrier", "Post", "connect", "disconnect", "hear", "say"]

_board = Board()
_post: list[Post] = []


def hear(topic: str, hearer: Hearer) -> Callable[[], None]:
    """Call `hearer` with each word on `topic`, until what is returned is called."""
    return _board.hear(topic, hearer)


def say(topic: str, word: str) -> None:
    """Tell everybody who hears this topic; other processes as soon as their line allows."""
    _board.tell(topic, word)
    for post in _post:
        post.send(topic, word)


def connect(carrier: Carrier | None) -> None:
    """Join the other processes. Without a carrier there are none."""
    if carrier is not None:
        _post.append(Post(carrier, _board.tell))
        _post[-1].start()


def disconnect() -> None:
    while _post:
        _post.pop().stop()
