"""Mailboxes that are fetched over IMAP, each in a thread of its own.

    lease ─▶ connect ─▶ cursor ─▶ fetch a batch ─▶ mails + cursor in one commit ─┐
                          ▲                                                      │
                          └──────────── IDLE, or a while ◀── nothing more ◀──────┘

Flags are never read or written: what was taken is told by the cursor alone.
"""

import logging
import threading
from typing import Final

from django.db import DatabaseError, InterfaceError, connection

from answerable.channels.email.models import MailAccount
from answerable.channels.email.receivers.batches import Batcher, Overtaken
from answerable.channels.email.receivers.bell import Bell
from answerable.channels.email.receivers.lease import Lease
from answerable.channels.email.receivers.mailbox import Mailbox
from answerable.channels.email.receivers.means import Means, Trouble, in_words

log = logging.getLogger("answerable.mail")

# A lease outlasts two waits, so that it never ends while its owner is well.
SECONDS_TO_IDLE: Final = 25
FIRST_PAUSE: Final = 5
LONGEST_PAUSE: Final = 300


class Fetching(threading.Thread):
    """One account, until it is stopped: fetches, waits, and connects again when it must."""

    def __init__(self, account_pk: int, means: Means | None = None) -> None:
        super().__init__(name=f"imap {account_pk}", daemon=True)
        self.account_pk = account_pk
        self.means = means or Means()
        self.bell = Bell()
        self.batcher = Batcher()
        self._pause = FIRST_PAUSE

    def run(self) -> None:
        lease = Lease(self.account_pk)
        try:
            while not self.bell.stopped.is_set():
                self._attempt(lease)
        finally:
            lease.release()
            connection.close()

    def stop(self) -> None:
        self.bell.stop()

    def _attempt(self, lease: Lease) -> None:
        try:
            account = MailAccount.objects.get(pk=self.account_pk)
            if not lease.take():
                self._rest(SECONDS_TO_IDLE)
                return
            with self.means.open(account) as box:
                self._fetch(account, box, lease)
        except MailAccount.DoesNotExist:
            self.bell.stop()
        except Overtaken:
            log.warning("another worker fetches account %d", self.account_pk)
            self._rest(SECONDS_TO_IDLE)
        except (DatabaseError, InterfaceError) as problem:
            log.warning("account %d is not fetched: %s", self.account_pk, problem)
            connection.close()
            self._rest_longer()
        except Trouble as problem:
            self.batcher.interrupted()
            self._note(in_words(problem), problem)
            self._rest_longer()

    def _fetch(self, account: MailAccount, box: Mailbox, lease: Lease) -> None:
        while not self.bell.stopped.is_set():
            while self.batcher.take_some(account, box, lease):
                if self.bell.stopped.is_set():
                    return
            lease.note_success()
            self._pause = FIRST_PAUSE
            box.wait(SECONDS_TO_IDLE, self.bell.ear)
            self.bell.hush()

    def _note(self, words: str, problem: Exception) -> None:
        log.warning("account %d is not fetched: %s (%r)", self.account_pk, words, problem)
        try:
            MailAccount.objects.filter(pk=self.account_pk).update(fetch_error=words[:250])
        except (DatabaseError, InterfaceError):
            connection.close()

    def _rest_longer(self) -> None:
        self._rest(self._pause)
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def _rest(self, seconds: float) -> None:
        self.bell.stopped.wait(seconds)


def fetch_now(account: MailAccount, means: Means | None = None) -> bool:
    """Fetch all that is new, here; False when somebody else is at it. Raises one of `Trouble`."""
    means = means or Means()
    lease = Lease(account.pk)
    if not lease.take():
        return False
    try:
        with means.open(account) as box:
            batcher = Batcher()
            while batcher.take_some(account, box, lease):
                pass
            lease.note_success()
    finally:
        lease.release()
    return True
