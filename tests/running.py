"""The product as an operator runs it: `answerable run` in a process of its own, on free ports."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.servers import CannotStart, end, free_port

ROOT = Path(__file__).parent.parent
READY_SECONDS = 60


@dataclass
class Running:
    """One `answerable run`, its data folder and how to reach it."""

    data: Path
    more: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = (sys.executable, "-m", "answerable")
    port: int = field(default_factory=free_port)
    smtp_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data.parent / f"{self.data.name}.log"

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not _is_ours(name)}
        ours = {"DATA": str(self.data), "PORT": str(self.port), "SMTP_PORT": str(self.smtp_port)}
        ours |= {"SITE_URL": self.url, **self.more}
        return kept | {f"ANSWERABLE_{name}": value for name, value in ours.items()}

    def command(self, *words: str) -> str:
        """What `answerable WORDS` prints, on the same data."""
        done = subprocess.run(
            [*self.program, *words],
            env=self.environ,
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *words: str) -> "Running":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.program, *(words or ("run",))],
                env=self.environ,
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
        self._wait_until_ready()
        return self

    def refusal(self, *words: str) -> str:
        """What it says when it does not start."""
        done = subprocess.run(
            [*self.program, *(words or ("run",))],
            env=self.environ,
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=READY_SECONDS,
        )
        assert done.returncode, "It started."
        return done.stdout + done.stderr

    def stop(self) -> None:
        if self.process:
            end(self.process)
            self.process = None

    def kill(self) -> None:
        """As a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    @property
    def _folder(self) -> Path:
        # An installed program must find nothing of ours beside it.
        return ROOT if self.program[0] == sys.executable else self.data.parent

    def _wait_until_ready(self) -> None:
        last = time.monotonic() + READY_SECONDS
        while time.monotonic() < last and self.process and self.process.poll() is None:
            try:
                urllib.request.urlopen(self.url, timeout=5).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
            else:
                return
        self.stop()
        raise CannotStart("answerable run", self.log.read_text())


def _is_ours(name: str) -> bool:
    return name.startswith("ANSWERABLE_") or name == "DJANGO_SETTINGS_MODULE"


@pytest.fixture
def installation(tmp_path) -> Iterator[Running]:
    """A fresh one, not started yet: `installation.start()`, `.stop()`, `.kill()`."""
    installation = Running(tmp_path / "data")
    yield installation
    installation.stop()


@pytest.fixture
def running(installation) -> Running:
    """A fresh one, started, with nothing in it."""
    return installation.start()


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory) -> Iterator[Running]:
    """One with the demo workspace (owner@demo.example, password `demo-password`), for a session."""
    running = Running(tmp_path_factory.mktemp("demo") / "data")
    running.command("demo", "--password", "demo-password")
    running.start()
    yield running
    running.stop()
