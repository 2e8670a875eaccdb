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
    findings = [finding for path in settings.LOOKS for finding in seen(import_string(path))]
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    return 0 if all(finding.good for finding in findings) else 1


def seen(look: Look) -> list[Finding]:
    """What a look finds; what cannot be looked at is a finding too."""
    try:
        return list(look())
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is said and the rest is seen
        return [Finding(False, look.__name__, f"{type(problem).__name__}: {problem}")]
