"""One process in the roles it was given: web, worker, mail, or all of them."""

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from answerable.kit import hints
from answerable.kit.due import Due
from answerable.kit.hints.choice import carrier
from answerable.kit.models.chore import put_on_the_clock
from answerable.kit.readers import readers
from answerable.kit.server.heart import Heart
from answerable.kit.worker import DueRows, Worker

log = logging.getLogger(__name__)

Service = Callable[[asyncio.Event], Awaitable[None]]
STOP_SECONDS = 25


class Process:
    """Keeps its services going, and stops them in order when it is asked to."""

    def __init__(self, roles: Sequence[str], listening: socket.socket | None) -> None:
        self.roles = roles
        self.worker = _worker() if "worker" in roles else None
        paths = [path for role in roles for path in settings.SERVICES.get(role, [])]
        self.services: list[Service] = [import_string(path) for path in paths]
        if listening:
            # Imported late: a worker has no use for a web server's memory.
            from answerable.kit.server.web import serve  # noqa: PLC0415

            self.services.append(partial(serve, listening))

    def run(self) -> None:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(self._run())

    async def _run(self) -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        hints.connect(carrier())
        if self.worker:
            self.worker.start()
        heart = Heart(self.roles, self.worker)
        heart.start()
        tasks = [asyncio.create_task(_kept_going(service, stop)) for service in self.services]
        # What was imported stays: collecting it over and over costs time at every page.
        gc.collect()
        gc.freeze()
        gc.enable()
        await stop.wait()
        await _ended(tasks)
        if self.worker and not await asyncio.to_thread(self.worker.stop, STOP_SECONDS):
            log.warning("Some work was not finished in time; it will be due again.")
        heart.stop()
        hints.disconnect()


def _worker() -> Worker:
    """Does all that is due: the rows of every Due model, and the event log for every reader."""
    put_on_the_clock()
    due = [model for model in apps.get_models() if issubclass(model, Due)]
    for model in due:
        model.prepare()
    for path in settings.EVENT_READERS:
        import_string(path)
    return Worker([*map(DueRows, due), *readers()], threads=settings.WORKER_THREADS)


async def _kept_going(service: Service, stop: asyncio.Event) -> None:
    """Run a service until `stop`; one that fails comes back, later each time."""
    wait = 1.0
    while not stop.is_set():
        try:
            await service(stop)
        except Exception:
            log.exception("%s failed; it starts again in %d s", service, wait)
            await _sleep(wait, stop)
            wait = min(wait * 2, 60)
        else:
            return


async def _ended(tasks: "Sequence[asyncio.Task[None]]") -> None:
    if not tasks:
        return
    _done, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
    for task in late:
        log.warning("%s did not stop in time", task)
        task.cancel()


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return None
    return uvloop.new_event_loop
