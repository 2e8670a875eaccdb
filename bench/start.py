"""How soon `answerable run` answers, and what it holds in memory when idle.

    python -m bench.start

The floor is a Python that imports Django and uvicorn and does nothing.
"""

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.running import Running

READY_SECONDS, IDLE_MB = 2.0, 160
FLOOR = "import django.core.handlers.wsgi, django.db.models, uvicorn, time; time.sleep(1)"


def resident(pid: int) -> float:
    """Megabytes of memory that the process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1000


def start(running: Running) -> float:
    """Seconds until the first page is answered."""
    began = time.perf_counter()
    running.start()
    return time.perf_counter() - began


def floor() -> float:
    process = subprocess.Popen([sys.executable, "-c", FLOOR])
    time.sleep(0.9)
    megabytes = resident(process.pid)
    process.wait()
    return megabytes


def visit(running: Running, times: int) -> None:
    for _ in range(times):
        page = f"{running.url}/accounts/login/"
        urllib.request.urlopen(page, timeout=10).close()  # noqa: S310 - our own page


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        running = Running(Path(folder) / "data")
        first = start(running)
        running.stop()
        ready = sorted(_restart(running) for _ in range(3))
        running.start()
        time.sleep(5)
        idle = resident(running.process.pid)
        visit(running, 50)
        used = resident(running.process.pid)
        running.stop()
    print(json.dumps({"what": "first start", "seconds": round(first, 2)}))
    print(json.dumps({"what": "ready", "seconds": round(ready[1], 2), "goal": READY_SECONDS}))
    figures = {"idle_mb": round(idle), "after_50_pages_mb": round(used), "goal_mb": IDLE_MB}
    print(json.dumps({"what": "memory", **figures, "floor_mb": round(floor())}))


def _restart(running: Running) -> float:
    seconds = start(running)
    running.stop()
    return seconds


if __name__ == "__main__":
    main()
