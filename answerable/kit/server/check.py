"""Configuration and health in words; a stranger to the code must understand each line."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import django
from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and whether it is as it should be."""

    good: bool
    about: str
    words: str

    def __str__(self) -> str:
        return f"{'ok ' if self.good else 'BAD'}  {self.about}: {self.words}"


Look = Callable[[], Iterable[Finding]]


def check(_words: list[str]) -> int:
    django.setup()
    findings = [finding for path in settings.LOOKS for finding in _look(path)]
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    return 0 if all(finding.good for finding in findings) else 1


def _look(path: str) -> list[Finding]:
    look: Look = import_string(path)
    try:
        return list(look())
    except Exception as problem:  # noqa: BLE001 - what cannot be looked at is a finding too
        return [Finding(False, path.rpartition(".")[2], f"{type(problem).__name__}: {problem}")]
