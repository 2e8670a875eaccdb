"""Which addresses can be mailed: one JSON line for ../shared/corpus/addr_isemail."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from answerable.channels.email.address import can_be_mailed

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


def score(folder: Path) -> dict:
    items = [json.loads(line) for line in (folder / "expected.jsonl").read_text().splitlines()]
    began = time.perf_counter()
    got = [can_be_mailed(item["input"]) for item in items]
    seconds = time.perf_counter() - began
    wrong = [
        item["id"]
        for item, result in zip(items, got, strict=True)
        if result != item["expect"]["smtp_usable"]
    ]
    return {
        "set": folder.name,
        "items": len(items),
        "accuracy": round(1 - len(wrong) / max(1, len(items)), 4),
        "microseconds_an_item": round(seconds / max(1, len(items)) * 1e6),
        "wrong": wrong,
    }


def scores(corpus: Path = CORPUS) -> Iterator[dict]:
    for folder in corpus.glob("addr_isemail"):
        yield score(folder)


def main() -> None:
    for line in scores(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS):
        print(json.dumps(line))


if __name__ == "__main__":
    main()
