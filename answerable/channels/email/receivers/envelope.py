"""Who a mail is from and for, before its bytes come."""

import asyncio
from contextlib import suppress

from answerable.channels.email.arrival import Unreachable
from answerable.channels.email.receivers import replies
from answerable.channels.email.receivers.house import House
from answerable.channels.email.receivers.path import Path, path_of


class Envelope:
    """The sender and the recipients that were taken so far."""

    def __init__(self, house: House, peer: str) -> None:
        self.house = house
        self.peer = peer
        self.sender: str | None = None
        self.recipients: list[str] = []
        self._utf8 = False
        self._is_coming = False

    def begin(self, argument: str) -> str:
        """The answer to MAIL. Raises Malformed."""
        if self.sender is not None:
            return replies.ONE_SENDER
        path = path_of(argument, "FROM")
        if refusal := self._refusal_of_sender(path):
            return refusal
        self.sender = path.address
        self._is_coming = True
        self.house.store.coming += 1
        return replies.SENDER_OK

    def end(self) -> None:
        """Its mail is here, or will not come."""
        if self._is_coming:
            self.house.store.coming -= 1
        self._is_coming = False

    async def add(self, argument: str) -> str:
        """The answer to RCPT. Raises Malformed."""
        if self.sender is None:
            return replies.SENDER_FIRST
        path = path_of(argument, "TO")
        if refusal := self._refusal_of_recipient(path):
            return refusal
        if refusal := await self._refusal_of_stranger(path.address):
            return refusal
        self.recipients.append(path.address)
        return replies.RECIPIENT_OK

    def _refusal_of_sender(self, path: Path) -> str | None:
        given = dict(path.parameters)
        size = given.pop("SIZE", "") or "0"
        body = given.pop("BODY", "7BIT").upper()
        self._utf8 = given.pop("SMTPUTF8", None) is not None
        if given or body not in {"7BIT", "8BITMIME"} or not size.isdecimal():
            return replies.UNKNOWN_PARAMETER
        if not path.address.isascii() and not self._utf8:
            return replies.NEEDS_SMTPUTF8
        if int(size[:20]) > self.house.limits.size:
            return replies.too_large(self.house.limits.size)
        return None

    def _refusal_of_recipient(self, path: Path) -> str | None:
        if path.parameters:
            return replies.UNKNOWN_PARAMETER
        if not path.address:
            return replies.malformed("expected TO:<address>")
        if not path.address.isascii() and not self._utf8:
            return replies.NEEDS_SMTPUTF8
        if len(self.recipients) >= self.house.limits.recipients:
            return replies.TOO_MANY_RECIPIENTS
        return None

    async def _refusal_of_stranger(self, address: str) -> str | None:
        with suppress(Unreachable, TimeoutError):
            async with asyncio.timeout(self.house.limits.seconds_to_store):
                if await self.house.directory.takes(address):
                    return None
                return replies.unknown_recipient(address, await self._hint())
        return replies.TRY_LATER

    async def _hint(self) -> tuple[str, ...]:
        """Our addresses, for who tries us out on this machine; a stranger is told none."""
        here = self.peer in {"127.0.0.1", "::1", ""}
        return await self.house.directory.some() if here else ()
