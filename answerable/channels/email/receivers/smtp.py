"""The mail server: SMTP on a port, LMTP on a port or a unix socket.

connection ─▶ Wire ─▶ Dialogue ─▶ Store.put ─▶ durable ─▶ 250
"""

import asyncio
import logging
import ssl
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Self

from answerable.channels.email.arrival import Directory, ReceivedBy, Store
from answerable.channels.email.receivers import replies
from answerable.channels.email.receivers.dialogue import Dialogue
from answerable.channels.email.receivers.house import House
from answerable.channels.email.receivers.limits import Limits
from answerable.channels.email.receivers.wire import Wire

log = logging.getLogger("answerable.mail")


class Receiver:
    """Listens, counts its guests, and lets them finish when it is stopped."""

    def __init__(
        self,
        *,
        store: Store,
        directory: Directory,
        name: str,
        speaks: ReceivedBy = ReceivedBy.SMTP,
        limits: Limits | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.house = House(name, store, directory, limits or Limits(), speaks, tls, self._is_full)
        self._guests: dict[Dialogue, asyncio.Task[None]] = {}
        self._per_peer: Counter[str] = Counter()
        self._server: asyncio.Server | None = None
        self._socket_file: Path | None = None

    async def listen(self, host: str, port: int) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(partial(_Door, self), host, port, backlog=256)
        log.info("%s on %s", self.house.speaks, self.addresses)
        return self

    async def listen_on_file(self, path: Path, *, mode: int = 0o660) -> Self:
        """A unix socket; one that a dead process left behind is replaced."""
        loop = asyncio.get_running_loop()
        _make_way(path)
        self._server = await loop.create_unix_server(partial(_Door, self), path, backlog=256)
        _let_in(path, mode)
        self._socket_file = path
        log.info("%s on %s", self.house.speaks, path)
        return self

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """Where we listen; the port is the real one when 0 was asked for."""
        sockets = self._server.sockets if self._server else ()
        return [socket.getsockname()[:2] for socket in sockets]

    async def stop(self) -> None:
        """Take no more guests; mails that are on their way in are stored and answered."""
        self.house.is_closing = True
        if self._server:
            self._server.close()
        for guest, task in list(self._guests.items()):
            if not guest.is_taking_mail:
                task.cancel()
        if self._guests:
            patience = self.house.limits.seconds_to_stop
            _, impatient = await asyncio.wait(list(self._guests.values()), timeout=patience)
            for task in impatient:
                task.cancel()
        if self._socket_file:
            self._socket_file.unlink(missing_ok=True)

    def welcome(self, wire: Wire) -> None:
        peer = _peer_of(wire)
        if self.house.is_closing or not self._has_room_for(peer):
            wire.transport.write(f"{replies.TOO_MANY_CONNECTIONS}\r\n".encode())
            wire.close()
            log.warning("%s has too many connections", peer)
            return
        self._per_peer[peer] += 1
        guest = Dialogue(wire, self.house, peer)
        task = asyncio.get_running_loop().create_task(guest.run())
        self._guests[guest] = task
        task.add_done_callback(partial(self._goodbye, guest))

    def _goodbye(self, guest: Dialogue, task: asyncio.Task[None]) -> None:
        del self._guests[guest]
        self._per_peer[guest.peer] -= 1
        if not self._per_peer[guest.peer]:
            del self._per_peer[guest.peer]
        if not task.cancelled() and (problem := task.exception()):
            guest.wire.abort()
            log.error("the dialogue with %s broke", guest.peer, exc_info=problem)

    def _has_room_for(self, peer: str) -> bool:
        limits = self.house.limits
        few_from_there = self._per_peer[peer] < limits.connections_per_peer
        return few_from_there and len(self._guests) < limits.connections

    def _is_full(self) -> bool:
        held = sum(len(guest.wire.buffer) for guest in self._guests)
        return held + self.house.store.waiting > self.house.limits.memory


class _Door(Wire):
    """A wire that rings at its receiver when it is connected."""

    def __init__(self, receiver: Receiver) -> None:
        super().__init__()
        self._receiver = receiver

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._receiver.welcome(self)


def _make_way(path: Path) -> None:
    if path.is_socket():
        path.unlink()


def _let_in(path: Path, mode: int) -> None:
    path.chmod(mode)


def _peer_of(wire: Wire) -> str:
    peer = wire.transport.get_extra_info("peername")
    return str(peer[0]) if isinstance(peer, tuple) else ""
