"""Who may see which conversation, remembered for a moment."""

import time
from collections.abc import Iterable

FOR_SECONDS = 2.0


class Access:
    """Answers that are at most two seconds old, so that an access that ended ends here too."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], tuple[float, bool]] = {}

    def unknown(self, members: Iterable[int], conversations: Iterable[int]) -> set[int]:
        """The conversations about which somebody's answer is missing or old."""
        now = time.monotonic()
        members = list(members)
        return {
            conversation
            for conversation in conversations
            if any(self._until(member, conversation) < now for member in members)
        }

    def learn(self, seen: dict[int, set[int]], asked: Iterable[int]) -> None:
        until = time.monotonic() + FOR_SECONDS
        for member, visible in seen.items():
            for conversation in asked:
                self._seen[member, conversation] = (until, conversation in visible)

    def seen_by(self, member: int, conversations: Iterable[int]) -> set[int]:
        return {one for one in conversations if self._seen.get((member, one), (0, False))[1]}

    def forget(self, *, conversations: Iterable[int] = ()) -> None:
        """Something about these has changed; about everything, when none is named."""
        gone = set(conversations)
        self._seen = {
            key: value for key, value in self._seen.items() if gone and key[1] not in gone
        }

    def tidy(self) -> None:
        now = time.monotonic()
        self._seen = {key: value for key, value in self._seen.items() if value[0] >= now}

    def _until(self, member: int, conversation: int) -> float:
        return self._seen.get((member, conversation), (0.0, False))[0]
