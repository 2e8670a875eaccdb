"""Mails that are stored already become messages: filed a second by one worker process.

python -m bench.filing [--mails 300]

The floor is Python's own `email` reading the same mails, and raw sqlite3 writing as many rows.
"""

import argparse
import email
import email.policy
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.mail_in import ADDRESS, cpu_seconds, realistic, send, server

ROWS_A_MAIL = 8
PORT = 8626


def filed(folder: Path) -> int:
    with sqlite3.connect(folder / "answerable.sqlite3", timeout=20) as database:
        count = database.execute("SELECT count(*) FROM email_mail WHERE state = 'filed'")
        return int(count.fetchone()[0])


def work(folder: Path, count: int) -> tuple[float, float]:
    """Wall and CPU seconds of `answerable worker`, from its first mail to its last."""
    environ = {**os.environ, "ANSWERABLE_DATA": str(folder)}
    process = subprocess.Popen([sys.executable, "-m", "answerable", "worker"], env=environ)
    try:
        while not (first := filed(folder)):
            time.sleep(0.005)
        began, cpu = time.perf_counter(), cpu_seconds(process.pid)
        while filed(folder) < count:
            time.sleep(0.01)
        share = count / (count - first)
        wall = (time.perf_counter() - began) * share
        return wall, (cpu_seconds(process.pid) - cpu) * share
    finally:
        process.terminate()
        process.wait()


def floor(mails: list[bytes], folder: Path) -> float:
    database = sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
    began = time.perf_counter()
    for raw in mails:
        body = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",))
        text = body.get_content() if body else ""
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO row (text) VALUES (?)", [(text,)] * ROWS_A_MAIL)
        database.execute("COMMIT")
    return time.perf_counter() - began


def measure(count: int) -> dict[str, object]:
    mails = realistic(count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        receiver = server(folder, PORT)
        send(mails, 8, PORT)
        receiver.terminate()
        receiver.wait()
        least = floor(mails, folder)
        wall, cpu = work(folder, count)
    return {
        "figure": "mails filed by one worker process",
        "to": ADDRESS,
        "mails": count,
        "filed_a_second": round(count / wall, 1),
        "cpu_ms_a_mail": round(cpu / count * 1000, 2),
        "floor_a_second": round(count / least, 1),
        "ratio": round(least / wall, 3),
        "load_average": os.getloadavg()[0],
    }


def main() -> int:
    parser = argparse.ArgumentParser("bench.filing", description=__doc__)
    parser.add_argument("--mails", type=int, default=300)
    print(json.dumps(measure(parser.parse_args().mails)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
