"""Who hears which topic in this process."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable

Hearer = Callable[[str], None]

log = logging.getLogger(__name__)


class Board:
    """Topics and their hearers. A hearer runs in the thread that tells, so it must be quick."""

    def __init__(self) -> None:
        self._hearers: dict[str, list[Hearer]] = defaultdict(list)
        self._lock = threading.Lock()

    def hear(self, topic: str, hearer: Hearer) -> Callable[[], None]:
        """Call `hearer` with each word on `topic`, until what is returned is called."""
        with self._lock:
            self._hearers[topic] = [*self._hearers[topic], hearer]
        return lambda: self._forget(topic, hearer)

    def tell(self, topic: str, word: str) -> None:
        """Tell the hearers in this process."""
        for hearer in self._hearers.get(topic, ()):
            try:
                hearer(word)
            except Exception:
                log.exception("A hearer of %s failed", topic)

    def _forget(self, topic: str, hearer: Hearer) -> None:
        with self._lock:
            self._hearers[topic] = [one for one in self._hearers[topic] if one is not hearer]
