"""The command line of `take-in`."""

import subprocess
import sys

from answerable.channels.email.receivers.take_in import take_in


def test_words_that_are_not_understood_are_64(capsys):
    assert take_in(["--outbox", "x"]) == 64
    assert take_in([]) == 64
    assert "--inbox ADDRESS" in capsys.readouterr().err


def test_a_database_that_was_never_set_up_is_75(tmp_path, monkeypatch):
    monkeypatch.setenv("ANSWERABLE_DATA", str(tmp_path))
    command = [sys.executable, "-m", "answerable", "take-in", "--inbox", "a@b.example"]

    done = subprocess.run(command, input=b"Subject: x\n\n", capture_output=True, check=False)

    assert done.returncode == 75
    assert b"database" in done.stderr
