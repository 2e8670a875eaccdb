"""What pages of the desk cost the server, for one who sees all and one who sees two inboxes.

    python -m bench.pages [--full] [--postgres]

At 1,000 and 100,000 conversations, with --full at 1,000,000 too; sizes take turns, and each page
is measured beside its floor: its own SQL, run again by the plain driver. `cpu` is the time of the
processor, which does not grow when others work on the same machine.
"""

import http.client
import json
import sys
from collections import defaultdict
from typing import Any

from bench.child import Child
from bench.clock import by_clock, of_processor, timed
from bench.shops import Shops, sizes
from tests.running import Running
from tests.servers import PostgresServer

ROUNDS, TIMES = 4, 8
GOAL_MS, GOAL_QUERIES, GOAL_GROWTH = 25.0, 12, 1.3
OPEN = "/w/demo/lists/open"
Figures = dict[str, Any]
Found = dict[tuple[str, str, str], Figures]


def visit_all(children: dict[str, Child]) -> Found:
    """Figures by size, member and page; the sizes take turns. The first round is not counted."""
    found: Found = defaultdict(lambda: {"spent": [], "floor": []})
    for number in range(ROUNDS + 1):
        for size, child in children.items():
            for who in child.cookies:
                for page, figures in child.go(f"{who} {TIMES if number else 2}").items():
                    kept = found[size, who, page]
                    if number:
                        kept["spent"] += figures["spent"]
                        kept["floor"] += figures["floor"]
                    kept |= {name: figures[name] for name in ("queries", "bytes")}
    return found


def tell(found: Found) -> None:
    slowest: dict[str, float] = defaultdict(float)
    for (size, who, page), figures in found.items():
        cpu, floor = of_processor(figures["spent"]), of_processor(figures["floor"])
        ours = by_clock(figures["spent"])
        slowest[size] = max(slowest[size], ours["p95"])
        say(
            page,
            who=who,
            conversations=size,
            ms=ours,
            floor_ms=by_clock(figures["floor"]),
            cpu_ms=cpu,
            floor_cpu_ms=floor,
            ratio=round(cpu["p50"] / max(0.01, floor["p50"]), 1),
            queries=figures["queries"],
            bytes=figures["bytes"],
        )
    say("slowest page, p95 ms", **slowest, goal=GOAL_MS)
    say("most queries", most=max(each["queries"] for each in found.values()), goal=GOAL_QUERIES)


def tell_growth(found: Found, small: str, large: str) -> None:
    def cost(size: str, who: str, page: str) -> float:
        return of_processor(found[size, who, page]["spent"])["p50"]

    def is_as_full(who: str, page: str) -> bool:
        """A list of ten rows at the small size cannot be compared with one of fifty."""
        return found[small, who, page]["bytes"] > 0.9 * found[large, who, page]["bytes"]

    grown = {
        f"{page} ({who})": round(cost(large, who, page) / cost(small, who, page), 2)
        for size, who, page in found
        if size == large and is_as_full(who, page)
    }
    worst = max(grown, key=lambda page: grown[page])
    say(f"growth, {small} to {large}", worst=worst, by=grown[worst], goal=GOAL_GROWTH, all=grown)


def by_http(shop: Running, cookie: str) -> None:
    """The same page from `answerable run`, over one kept connection."""
    shop.start()
    line = http.client.HTTPConnection("127.0.0.1", shop.port)

    def visit() -> None:
        line.request("GET", OPEN, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
        response = line.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{OPEN}: {response.status}")

    timed(visit, 20)
    spent = timed(visit, 200)
    shop.stop()
    say("open, over HTTP from answerable run", who="owner", ms=by_clock(spent))


def say(what: str, **figures: object) -> None:
    print(json.dumps({"what": what, **figures}), flush=True)


def main() -> None:
    shops = Shops()
    made = {str(size): shops.of(size) for size in sizes()}
    if "--postgres" in sys.argv:
        server = PostgresServer(durable=True)
        made["100000, PostgreSQL"] = shops.of(100_000, server.create("shop"))
    children = {size: Child(shop, "bench.desk") for size, shop in made.items()}
    found = visit_all(children)
    cookie = children["100000"].cookies["owner"]
    for child in children.values():
        child.end()
    tell(found)
    ordered = list(map(str, sizes()))
    tell_growth(found, ordered[0], ordered[-1])
    by_http(made["100000"], cookie)
    shops.close()


if __name__ == "__main__":
    main()
