"""How soon work starts after the commit that made it due, on an idle worker.

    python -m bench.wake [DATABASE_URL]

The floor, in the same run: a thread that waits for an event and claims the row by raw SQL.
"""

import json
import os
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

TIMES, GOAL_MS = 300, 5.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ANSWERABLE_DATA": folder, "DJANGO_SETTINGS_MODULE": "answerable.settings"}
        if len(sys.argv) > 1:
            os.environ["ANSWERABLE_DATABASE_URL"] = sys.argv[1]
        import_module("django").setup()
        floor = measured(raw(Path(folder) / "floor.sqlite3"))
        ours = measured(import_module("bench.errands").worker())
    print(json.dumps({"what": "work starts after commit", **ours, "goal_ms": GOAL_MS}))
    print(json.dumps({"what": "floor: a waiting thread, raw SQLite", **floor}))


def measured(once: Callable[[], float]) -> dict[str, float]:
    waits = []
    for _ in range(TIMES):
        time.sleep(0.01)
        waits.append(once() * 1000)
    waits.sort()
    p99 = waits[int(len(waits) * 0.99) - 1]
    return {"p50_ms": round(statistics.median(waits), 2), "p99_ms": round(p99, 2)}


def raw(path: Path) -> Callable[[], float]:
    """Insert and commit, ring; the other thread claims with a commit and says when it began."""
    here = connected(path)
    here.execute("CREATE TABLE work (id INTEGER PRIMARY KEY, lease REAL)")
    bell, begun = threading.Event(), threading.Event()
    at: list[float] = []

    def labour() -> None:
        there = connected(path)
        while bell.wait():
            bell.clear()
            [(key,)] = there.execute("SELECT id FROM work WHERE lease IS NULL").fetchall()
            there.execute("UPDATE work SET lease = 1 WHERE id = ? AND lease IS NULL", [key])
            at.append(time.perf_counter())
            begun.set()

    def once() -> float:
        begun.clear()
        here.execute("INSERT INTO work (lease) VALUES (NULL)")
        committed = time.perf_counter()
        bell.set()
        begun.wait()
        return at[-1] - committed

    threading.Thread(target=labour, daemon=True).start()
    return once


def connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


if __name__ == "__main__":
    main()
