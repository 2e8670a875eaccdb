"""Mail by SMTP: stored and acknowledged a second, beside raw sqlite3 doing the same durable work.

python -m bench.mail_in [--mails 300] [--connections 8]
"""

import argparse
import json
import math
import os
import random
import smtplib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from email.message import EmailMessage
from pathlib import Path
from queue import Empty, SimpleQueue

ADDRESS = "support@bench.example"
SMALLEST, LARGEST = 2_000, 200_000
FLOOR_TABLE = "CREATE TABLE mail (id INTEGER PRIMARY KEY, address TEXT, sender TEXT, raw BLOB)"


def realistic(count: int, seed: int = 7) -> list[bytes]:
    """Mails with text, HTML and attachments; sizes spread as in real mail."""
    chance = random.Random(seed)
    low, high = math.log(SMALLEST), math.log(LARGEST)
    return [_mail(chance, n, int(math.exp(chance.uniform(low, high)))) for n in range(count)]


def _mail(chance: random.Random, number: int, size: int) -> bytes:
    words = [f"word{chance.randrange(5000)}" for _ in range(120)]
    text = "\n".join(" ".join(chance.choices(words, k=10)) for _ in range(12))
    mail = EmailMessage()
    mail["From"] = f"Carl {number} <carl{number}@customer.example>"
    mail["To"] = ADDRESS
    mail["Subject"] = f"Order {number}: the lamp"
    mail["Message-ID"] = f"<{number}.{chance.random()}@customer.example>"
    mail.set_content(text)
    mail.add_alternative(f"<html><body><p>{text}</p></body></html>", subtype="html")
    if (rest := size - len(mail.as_bytes())) > 500:
        attached = chance.randbytes(rest * 3 // 4)
        mail.add_attachment(attached, maintype="image", subtype="png", filename="lamp.png")
    return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def server(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """`answerable mail` with one inbox, ready."""
    environ = {**os.environ, "ANSWERABLE_DATA": str(folder), "ANSWERABLE_SMTP_PORT": str(port)}
    begin = (
        "import django; django.setup()\n"
        "from answerable.kit.server.home import migrate; migrate()\n"
        "from answerable.workspaces.models import Workspace\n"
        "from answerable.conversations.models import Inbox\n"
        "from answerable.channels.email.models import MailAccount\n"
        "workspace = Workspace.start('bench', 'Bench')\n"
        "inbox = Inbox.objects.create(workspace=workspace, name='Support')\n"
        f"MailAccount.objects.create(workspace=workspace, inbox=inbox, address='{ADDRESS}')\n"
    )
    environ["DJANGO_SETTINGS_MODULE"] = "answerable.settings"
    subprocess.run([sys.executable, "-c", begin], env=environ, check=True)
    process = subprocess.Popen([sys.executable, "-m", "answerable", "mail"], env=environ)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    raise RuntimeError("the mail server did not start")


def send(mails: list[bytes], connections: int, port: int) -> float:
    """Seconds until every mail was acknowledged."""

    def one(part: list[bytes]) -> None:
        with smtplib.SMTP("127.0.0.1", port) as client:
            for mail in part:
                client.sendmail("carl@customer.example", [ADDRESS], mail)

    threads = [
        threading.Thread(target=one, args=(mails[at::connections],)) for at in range(connections)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def floor(mails: list[bytes], connections: int, folder: Path) -> float:
    """Seconds for the same mails from as many threads, grouped into commits of raw sqlite3."""
    waiting: SimpleQueue[tuple[bytes, threading.Event] | None] = SimpleQueue()
    writer = threading.Thread(target=_write, args=(waiting, folder / "floor.sqlite3"))
    writer.start()

    def one(part: list[bytes]) -> None:
        for mail in part:
            durable = threading.Event()
            waiting.put((mail, durable))
            durable.wait()

    threads = [
        threading.Thread(target=one, args=(mails[at::connections],)) for at in range(connections)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    waiting.put(None)
    writer.join()
    return seconds


def _write(waiting: "SimpleQueue[tuple[bytes, threading.Event] | None]", path: Path) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(FLOOR_TABLE)
    while (first := waiting.get()) is not None:
        group = [first]
        try:
            while (more := waiting.get_nowait()) is not None:
                group.append(more)
        except Empty:
            pass
        database.execute("BEGIN IMMEDIATE")
        rows = [(ADDRESS, "carl@customer.example", mail) for mail, _ in group]
        database.executemany("INSERT INTO mail (address, sender, raw) VALUES (?, ?, ?)", rows)
        database.execute("COMMIT")
        for _, durable in group:
            durable.set()


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def kept(folder: Path) -> int:
    with sqlite3.connect(folder / "answerable.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM email_mail").fetchone()[0])


def measure(count: int, connections: int) -> dict[str, object]:
    mails = realistic(count)
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as probe:
        folder, port = Path(name), probe.getsockname()[1]
        probe.close()
        process = server(folder, port)
        try:
            send(realistic(connections, seed=1), connections, port)
            before, began = kept(folder), cpu_seconds(process.pid)
            seconds = send(mails, connections, port)
            cpu = cpu_seconds(process.pid) - began
            stored = kept(folder) - before
        finally:
            process.terminate()
            process.wait(30)
        raw = floor(mails, connections, folder)
    return {
        "what": "mail by SMTP, stored and acknowledged",
        "mails": count,
        "stored": stored,
        "connections": connections,
        "mean_kb": round(sum(map(len, mails)) / count / 1000, 1),
        "per_second": round(count / seconds),
        "wanted_per_second": 400,
        "floor_per_second": round(count / raw),
        "cpu_ms_per_mail": round(cpu * 1000 / count, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mails", type=int, default=300)
    parser.add_argument("--connections", type=int, default=8)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.mails, asked.connections)))


if __name__ == "__main__":
    main()
