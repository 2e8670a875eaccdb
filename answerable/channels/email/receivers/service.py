"""What the mail role of a process runs: the SMTP and LMTP receivers, and the IMAP fetchers."""

import asyncio
import logging
import ssl
import threading
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from answerable.channels.email.arrival import ReceivedBy
from answerable.channels.email.directory import AddressBook
from answerable.channels.email.models import MailAccount
from answerable.channels.email.receivers.imap import Fetching
from answerable.channels.email.receivers.limits import Limits
from answerable.channels.email.receivers.means import Means
from answerable.channels.email.receivers.smtp import Receiver
from answerable.channels.email.store import MailStore

log = logging.getLogger("answerable.mail")

SECONDS_BETWEEN_LOOKS = 10


async def receive(stop: asyncio.Event) -> None:
    """SMTP and LMTP until `stop`; then what is on its way in is finished."""
    store, book = MailStore().start(), AddressBook()
    receivers: list[Receiver] = []
    try:
        await _listen(receivers, store, book)
        await stop.wait()
    finally:
        await asyncio.gather(*(receiver.stop() for receiver in receivers))
        await asyncio.to_thread(store.stop)
        book.close()


async def _listen(receivers: list[Receiver], store: MailStore, book: AddressBook) -> None:
    def receiver(speaks: ReceivedBy) -> Receiver:
        made = Receiver(
            store=store,
            directory=book,
            name=settings.MAIL_NAME,
            speaks=speaks,
            limits=limits(),
            tls=certificate(),
        )
        receivers.append(made)
        return made

    if settings.SMTP_PORT:
        await receiver(ReceivedBy.SMTP).listen(settings.SMTP_HOST, settings.SMTP_PORT)
    if settings.LMTP_PORT:
        await receiver(ReceivedBy.LMTP).listen(settings.LMTP_HOST, settings.LMTP_PORT)
    if settings.LMTP_SOCKET:
        await receiver(ReceivedBy.LMTP).listen_on_file(Path(settings.LMTP_SOCKET))


def limits() -> Limits:
    peer = settings.MAIL_CONNECTIONS_PER_PEER
    return Limits(size=settings.MAIL_LIMIT, connections_per_peer=peer)


def certificate() -> ssl.SSLContext | None:
    if not settings.MAIL_CERTIFICATE:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.MAIL_CERTIFICATE, settings.MAIL_CERTIFICATE_KEY or None)
    return context


async def fetch(stop: asyncio.Event) -> None:
    """IMAP until `stop`, in a thread for each account that is fetched."""
    over = threading.Event()
    fetchers = Fetchers()
    looking = asyncio.create_task(asyncio.to_thread(fetchers.run, over))
    await asyncio.wait([looking, asyncio.create_task(stop.wait())], return_when="FIRST_COMPLETED")
    over.set()
    await looking


class Fetchers:
    """One thread for each account; it looks every while for those that came, changed or went."""

    def __init__(self, means: Means | None = None) -> None:
        self.means = means or Means()
        self._running: dict[int, tuple[object, Fetching]] = {}

    def run(self, over: threading.Event) -> None:
        while not over.is_set():
            self.look()
            over.wait(SECONDS_BETWEEN_LOOKS)
        self._stop(list(self._running))
        connection.close()

    def look(self) -> None:
        try:
            accounts = MailAccount.objects.filter(active=True, incoming=MailAccount.Incoming.IMAP)
            wanted = {account.pk: settings_of(account) for account in accounts}
        except (DatabaseError, InterfaceError) as problem:
            log.warning("accounts cannot be read: %s", problem)
            connection.close()
            return
        self._stop([pk for pk, (ways, _) in self._running.items() if wanted.get(pk) != ways])
        for pk, ways in wanted.items():
            if pk not in self._running or not self._running[pk][1].is_alive():
                fetching = Fetching(pk, self.means)
                fetching.start()
                self._running[pk] = (ways, fetching)

    def _stop(self, pks: list[int]) -> None:
        stopping = [self._running.pop(pk)[1] for pk in pks]
        for fetching in stopping:
            fetching.stop()
        for fetching in stopping:
            fetching.join(10)


def settings_of(account: MailAccount) -> tuple[object, ...]:
    """What makes it another mailbox, so that its thread must begin anew."""
    return (
        account.imap_host,
        account.imap_port,
        account.imap_security,
        account.imap_user,
        account.imap_secret,
        account.imap_folder,
        account.imap_auth,
    )
