"""Settings from the environment, in an operator's words."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


class Env:
    """Variables that share a prefix. Each is asked for once, by name, and remembered as known."""

    def __init__(self, prefix: str, environ: Mapping[str, str] = os.environ) -> None:
        self.prefix = prefix
        self.environ = environ
        self.asked: set[str] = set()

    def text(self, name: str, default: str | None = None) -> str:
        """The variable, or what the file that its _FILE twin names holds, or the default."""
        if path := self._get(f"{name}_FILE"):
            return self._read(f"{name}_FILE", path)
        for value in (self._get(name), default):
            if value is not None:
                return value
        raise ImproperlyConfigured(f"Set {self.prefix}{name}.")

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name, "yes" if default else "no")
        if value not in {"yes", "no"}:
            raise ImproperlyConfigured(f"{self.prefix}{name} is yes or no, not {value!r}.")
        return value == "yes"

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit():
            raise ImproperlyConfigured(f"{self.prefix}{name} is a whole number, not {value!r}.")
        return int(value)

    def words(self, name: str, default: str = "") -> list[str]:
        """Words separated by commas."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def unasked(self) -> list[str]:
        """What is set under our prefix and is no setting: a misspelling, most likely."""
        return sorted(
            name
            for name in self.environ
            if name.startswith(self.prefix) and name.removeprefix(self.prefix) not in self.asked
        )

    def _get(self, name: str) -> str | None:
        self.asked.add(name)
        return self.environ.get(f"{self.prefix}{name}")

    def _read(self, name: str, path: str) -> str:
        try:
            return Path(path).read_text().strip()
        except OSError as problem:
            raise ImproperlyConfigured(
                f"{self.prefix}{name} names {path}, which cannot be read: {problem.strerror}."
            ) from problem
