"""Lines of this process that wait for the next mail of their account."""

import threading
from collections.abc import Hashable

from answerable.channels.email.models import MailAccount
from answerable.channels.email.outgoing.transports.line import IDLE_SECONDS, Line, opened


class Kept:
    """Open lines by account and settings; those that nobody used for a while are closed."""

    def __init__(self) -> None:
        self._lines: dict[Hashable, list[Line]] = {}
        self._lock = threading.Lock()
        self._sweeping = False

    def take(self, account: MailAccount) -> Line:
        """A line that is signed in, ours until it is put back. Raises Deferred, in words."""
        return self._waiting(account) or opened(account)

    def put(self, line: Line) -> None:
        line.keep_since_now()
        with self._lock:
            self._lines.setdefault(_key(line.account), []).append(line)
            if not self._sweeping:
                self._sweep_later()

    def close(self) -> None:
        with self._lock:
            for waiting in self._lines.values():
                for line in waiting:
                    line.drop()
            self._lines.clear()

    def _waiting(self, account: MailAccount) -> Line | None:
        with self._lock:
            waiting = self._lines.get(_key(account), [])
            while waiting:
                line = waiting.pop()
                if line.is_good:
                    return line
                line.drop()
        return None

    def _sweep_later(self) -> None:
        self._sweeping = True
        timer = threading.Timer(IDLE_SECONDS + 1, self._sweep)
        timer.daemon = True
        timer.start()

    def _sweep(self) -> None:
        with self._lock:
            for key, waiting in list(self._lines.items()):
                good = [line for line in waiting if line.is_good]
                for line in set(waiting) - set(good):
                    line.drop()
                self._lines[key] = good
            self._lines = {key: waiting for key, waiting in self._lines.items() if waiting}
            self._sweeping = False
            if self._lines:
                self._sweep_later()


def _key(account: MailAccount) -> Hashable:
    return (
        *(account.pk, account.smtp_host, account.smtp_port, account.smtp_security),
        *(account.smtp_user, account.smtp_secret, account.smtp_auth),
    )


KEPT = Kept()
