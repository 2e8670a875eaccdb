"""Which addresses are ours, asked of the database by the receivers' event loop."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from django.db import DatabaseError, InterfaceError, connection

from answerable.channels.email.arrival import Unreachable
from answerable.channels.email.models import MailAccount
from answerable.channels.email.store import hang_up

Answer = TypeVar("Answer")

SECONDS_TO_REMEMBER: Final = 5
MOST_TO_REMEMBER: Final = 10_000


class AddressBook:
    """Remembers for some seconds which addresses are taken; those that are not, never.

    An address that was given up meanwhile is told by the store, which asks again.
    """

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="addresses")

    async def takes(self, address: str) -> bool:
        now = time.monotonic()
        if self._until.get(address, 0) > now:
            return True
        taken = await self._ask(lambda: bool(MailAccount.objects.takers([address])))
        if taken:
            if len(self._until) >= MOST_TO_REMEMBER:
                self._until.clear()
            self._until[address] = now + SECONDS_TO_REMEMBER
        return taken

    async def some(self) -> tuple[str, ...]:
        """A few of our addresses, and "and more" when there are."""
        active = MailAccount.objects.filter(active=True).order_by("pk")
        some = await self._ask(lambda: list(active.values_list("address", flat=True)[:4]))
        return (*some[:3], "and more") if len(some) > 3 else tuple(some)

    def close(self) -> None:
        self._thread.submit(hang_up)
        self._thread.shutdown()

    async def _ask(self, question: Callable[[], Answer]) -> Answer:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, _asked, question)
        except (DatabaseError, InterfaceError, OSError) as problem:
            raise Unreachable from problem


def _asked(question: Callable[[], Answer]) -> Answer:
    try:
        return question()
    except (DatabaseError, InterfaceError, OSError):
        connection.close()
        raise
