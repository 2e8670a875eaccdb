"""What is searched for in a shop of any size. The process with the data runs this."""

import itertools
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from answerable.conversations.models import Message
from answerable.demo.bulk.phrases import Phrases
from answerable.search.find import find
from answerable.workspaces.models import Member
from bench.clock import timed
from bench.desk import agent_of_two_inboxes, owner
from bench.visits import Floor, seen_by

COMMON = ["lamp", "order", "please", "parcel", "hello", "thank", "carrier", "thursday", "glass"]


class Searches:
    """Queries of each sort, each time another, for one member."""

    cookie = ""

    def __init__(self, member: Member) -> None:
        self.member, self.floor = member, Floor()
        self.sorts = sorts()

    def go(self, times: int) -> dict[str, Any]:
        return {name: self._some(queries, times) for name, queries in self.sorts.items()}

    def _some(self, queries: Iterator[str], times: int) -> dict[str, Any]:
        figures: dict[str, Any] = {"spent": [], "floor": [], "found": []}
        for words in itertools.islice(queries, times):
            self._one(words, figures)
        return figures

    def _one(self, words: str, figures: dict[str, Any]) -> None:
        def search() -> list[int]:
            return find(self.member, words).conversations

        statements = [s for s in seen_by(search) if "search_fts" in s[0] or "tsquery" in s[0]]
        figures["spent"] += timed(search, 1)
        figures["floor"] += timed(lambda: self.floor.run(statements), 1)
        figures["found"].append(len(search()))


def sorts() -> dict[str, Iterator[str]]:
    rng, phrases = Random(3), Phrases()
    last = Message.objects.latest("pk").pk

    def rare() -> str:
        """The number of an order, or an address: a word of one conversation or two."""
        some = Message.objects.filter(pk__lte=rng.randrange(last // 2, last), kind="in")
        return some.latest("pk").from_email.partition("@")[0].replace(".", " ")

    def common() -> str:
        return rng.choice(COMMON)

    def name() -> str:
        return rng.choice(phrases.last_names)

    def of(*words: Callable[[], str]) -> Iterator[str]:
        while True:
            yield " ".join(word() for word in words)

    return {
        "one common word": of(common),
        "one name": of(name),
        "one rare": of(rare),
        "two common words": of(common, common),
        "a name and a common word": of(name, common),
        "three common words": of(common, common, common),
        "two names and a common word": of(name, name, common),
        "a common word and a rare": of(common, rare),
        "a beginning of three letters": of(lambda: common()[:3]),
        "a word that is not there": of(lambda: f"zzq{rng.randrange(10**6)}"),
    }


def rounds() -> dict[str, Searches]:
    return {"owner": Searches(owner()), "agent": Searches(agent_of_two_inboxes())}
