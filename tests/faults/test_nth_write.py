"""R03: the disk fails, or the process ends, at the N-th write of one mail, taken in and filed.

SQLite's own method: a fault at write 1, 2, 3 … until nothing is left to fail. The short form
takes some of them.
"""

import random
import shutil
import subprocess

import pytest

from tests.faults.ledger import (
    ADDRESSES,
    Figures,
    Ledger,
    a_mail,
    compared,
    let_leases_run_out,
    until_all_are_filed,
    with_inboxes,
)

pytestmark = pytest.mark.faults

SOME = {"pwrite64": range(12, 260, 110), "fdatasync": (2, 4), "rename": (1,)}
ALL = {"pwrite64": range(1, 400), "fdatasync": range(1, 20), "rename": range(1, 6)}
FAULTS = ("signal=KILL", "error=ENOSPC", "error=EIO")


@pytest.mark.parametrize("places", [SOME, pytest.param(ALL, marks=pytest.mark.slow)])
def test_r03_whatever_write_fails_nothing_is_lost_halved_or_broken(installation, tmp_path, places):
    assert shutil.which("strace"), "Install strace."
    with_inboxes(installation)
    ledger, chance, failed = Ledger(), random.Random(3), []
    for call in places:
        for fault in FAULTS:
            for place in places[call]:
                raw = a_mail(chance)
                if take_in(installation, ledger, raw, tmp_path, f"{call}:{fault}:when={place}"):
                    break
                failed.append(raw)
    assert len(failed) > 5

    for raw in failed:
        take_in(installation, ledger, raw, tmp_path)
    assert ledger.acknowledged == ledger.sent
    let_leases_run_out(installation)
    installation.start()
    until_all_are_filed(installation)
    installation.stop()

    assert compared(ledger, installation) == Figures(acknowledged=len(ledger.acknowledged))


def take_in(installation, ledger, raw, folder, fault=""):
    """Take one mail in and file it, with a fault on the way; whether it did not matter."""
    (folder / "mail").write_bytes(raw)
    address = ADDRESSES[0]
    ledger.note("sent", address, raw)
    words = [*installation.program, "take-in", "--wait", "--inbox", address, folder / "mail"]
    done = subprocess.run(
        [*under(installation, fault, folder), *words],
        env=installation.environ,
        capture_output=True,
        check=False,
        timeout=120,
    )
    if done.returncode == 0:
        ledger.note("acknowledged", address, raw)
    else:
        assert done.returncode in {75, -9, 137}, done.stderr
    return done.returncode == 0 and b'"filed"' in done.stdout


def under(installation, fault, folder):
    if not fault:
        return []
    database = installation.data / "answerable.sqlite3"
    paths = [] if fault.startswith("rename") else ["-P", database, "-P", f"{database}-wal"]
    call = fault.partition(":")[0]
    quiet = ["strace", "-f", "-qq", "-o", folder / "trace", "-e", f"trace={call}"]
    return [*quiet, *paths, "-e", f"inject={fault}"]
