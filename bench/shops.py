"""The demo's workspace with as many conversations as wanted, made once and kept in a folder.

ANSWERABLE_BENCH_DATA names the folder; without it they are made anew in a temporary one.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.running import Running

SIZES, FULL_SIZES = (1_000, 100_000), (1_000, 100_000, 1_000_000)
PASSWORD = "demo-password"  # noqa: S105 - as tests/running.py has it


class Shops:
    """All sizes that were asked for so far."""

    def __init__(self) -> None:
        kept = os.environ.get("ANSWERABLE_BENCH_DATA")
        self._temporary = None if kept else tempfile.TemporaryDirectory(prefix="answerable-bench-")
        self.folder = Path(kept or self._temporary.name)
        self.folder.mkdir(parents=True, exist_ok=True)

    def of(self, conversations: int, database_url: str = "") -> Running:
        """Not started; its data is there."""
        more = {"DATABASE_URL": database_url} if database_url else {}
        data = self.folder / f"{conversations}{'-postgres' if database_url else ''}"
        shop = Running(data, more)
        made = data / "made"
        if database_url or not made.exists():
            sys.stderr.write(f"Making {conversations:,} conversations …\n")
            shop.command(
                "demo", "--password", PASSWORD, "--conversations", str(conversations), "--seed", "1"
            )
            made.touch()
        return shop

    def close(self) -> None:
        if self._temporary:
            self._temporary.cleanup()


def sizes() -> tuple[int, ...]:
    return FULL_SIZES if "--full" in sys.argv else SIZES
