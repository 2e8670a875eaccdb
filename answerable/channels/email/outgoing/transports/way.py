"""What every way out keeps to."""

from collections.abc import Callable
from typing import Protocol

from answerable.channels.email.outgoing.compose import Composed


class Deferred(Exception):
    """Not taken now, and surely not sent: it may be tried again."""


class Refused(Exception):
    """Not taken, and never will be."""


class Lost(Exception):
    """The line broke after all was handed over and before the answer: nobody knows."""


class Transport(Protocol):
    """One way out."""

    def send(self, mail: Composed, begin: Callable[[], None]) -> str:
        """The words with which it was accepted. Raises Deferred, Refused or Lost.

        Calls `begin` before the first step after which the mail may have been sent.
        """
