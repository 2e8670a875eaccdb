"""How much of a mail is read, and the time it may take."""

import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond these a mail is cut, and `Letter.problems` says so."""

    mail_bytes: int = 64 * 1024 * 1024
    header_bytes: int = 256 * 1024
    field_bytes: int = 64 * 1024
    fields: int = 2_000
    depth: int = 20
    parts: int = 300
    addresses: int = 500
    text_chars: int = 1_000_000
    html_chars: int = 600_000
    seconds: float = 1.0


@dataclass(slots=True)
class Bench:
    """The place where one mail is read: its limits, its clock, what went wrong so far."""

    limits: Limits
    problems: list[str] = field(default_factory=list)
    parts: int = 0
    opened: int = 0
    started: float = field(default_factory=time.thread_time)

    def note(self, problem: str) -> None:
        if problem not in self.problems and len(self.problems) < 50:
            self.problems.append(problem)

    @property
    def is_late(self) -> bool:
        return time.thread_time() - self.started > self.limits.seconds

    def cut(self, text: str, limit: int, what: str) -> str:
        if len(text) <= limit:
            return text
        self.note(f"{what} is cut after {limit:,} characters of {len(text):,}")
        return text[:limit]
