"""Search by one, two and three words, common and rare, over many messages.

    python -m bench.search [--full]

With --full over the million messages of 320,000 conversations, else over those of 100,000. The
floor is the same statement by the plain driver. Each query is another, so that none is remembered.
"""

import json
import sys

from bench.child import Child
from bench.clock import by_clock, of_processor
from bench.shops import Shops

GOAL_MS, ROUNDS, TIMES = 40.0, 5, 8


def main() -> None:
    shops = Shops()
    size = 320_000 if "--full" in sys.argv else 100_000
    child = Child(shops.of(size), "bench.words")
    spent: dict[tuple[str, str], dict[str, list]] = {}
    for number in range(ROUNDS + 1):
        for who in child.cookies:
            for words, figures in child.go(f"{who} {TIMES if number else 1}").items():
                kept = spent.setdefault((who, words), {"spent": [], "floor": [], "found": []})
                for name in kept if number else ():
                    kept[name] += figures[name]
    child.end()
    for (who, words), kept in spent.items():
        tell(size, who, words, kept)
    everything = [each for kept in spent.values() for each in kept["spent"]]
    all_of_them = {"ms": by_clock(everything), "cpu_ms": of_processor(everything)}
    print(json.dumps({"what": "search, all of them", **all_of_them, "goal_p95_ms": GOAL_MS}))
    shops.close()


def tell(size: int, who: str, words: str, kept: dict[str, list]) -> None:
    figures = {
        "who": who,
        "conversations": size,
        "found": round(sum(kept["found"]) / len(kept["found"])),
        "ms": by_clock(kept["spent"]),
        "cpu_ms": of_processor(kept["spent"]),
        "floor_ms": by_clock(kept["floor"]),
    }
    print(json.dumps({"what": words, **figures}))


if __name__ == "__main__":
    main()
