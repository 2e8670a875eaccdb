"""What a kind has found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Secret:
    """A stretch of text that must not be kept, and the last digits that may."""

    start: int
    end: int
    last_four: str = ""

    def overlaps(self, other: "Secret") -> bool:
        return self.start < other.end and other.start < self.end
