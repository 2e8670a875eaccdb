"""The command as an operator runs it, in a process of its own."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time

import pytest


def answerable(installation, *words, **more):
    environ = installation.environ | more
    command = [sys.executable, "-m", "answerable", *words]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_a_misspelt_setting_stops_the_program_with_its_name(installation):
    stopped = answerable(installation, "run", ANSWERABLE_SITE_ULR="x")

    assert stopped.returncode == 78
    assert stopped.stderr == "ANSWERABLE_SITE_ULR is not a setting.\n"


def test_a_setting_that_makes_no_sense_stops_the_program_with_its_name(installation):
    stopped = answerable(installation, "run", ANSWERABLE_PORT="eighty")

    assert stopped.returncode == 78
    assert "ANSWERABLE_PORT is a whole number" in stopped.stderr


def test_a_port_that_is_taken_is_named(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()

        stopped = answerable(installation, "web")

    assert stopped.returncode == 1
    assert stopped.stderr.startswith(f"Port {installation.port} of 127.0.0.1 cannot be taken")


def test_an_unknown_verb_is_answered_with_the_known(installation):
    stopped = answerable(installation, "rum")

    assert stopped.returncode == 64
    assert "run" in stopped.stderr


def test_check_says_what_is_bad_and_fails(installation):
    installation.data.mkdir()

    checked = answerable(installation, "check")

    assert checked.returncode == 1
    assert "BAD  database:" in checked.stdout


@pytest.mark.slow
def test_it_starts_from_nothing_and_stops_when_asked(running):
    secret = running.data / "secret-key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    checked = answerable(running, "check")
    assert (checked.returncode, checked.stdout.count("BAD")) == (0, 0)
    began = time.monotonic()

    os.kill(running.process.pid, signal.SIGTERM)

    assert running.process.wait(10) == 0
    assert time.monotonic() - began < 5
