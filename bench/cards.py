"""How well card numbers are found: one JSON line for each set of ../shared/corpus/pii_*."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from answerable.masking import mask

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


def must_be_masked(item: dict) -> bool:
    expect = item["expect"]
    if "spans" in expect:
        return bool(expect["spans"])
    if "isValid" in expect:
        return expect["isValid"]
    return expect["output"] is not None


def score(folder: Path) -> dict:
    """Of what was masked, how much is a card; of the cards, how many were masked."""
    items = [json.loads(line) for line in (folder / "expected.jsonl").read_text().splitlines()]
    began = time.perf_counter()
    masked = [any(found.kind == "card" for found in mask(item["input"]).found) for item in items]
    seconds = time.perf_counter() - began
    cards = [must_be_masked(item) for item in items]
    both = sum(a and b for a, b in zip(masked, cards, strict=True))
    wrong = [i["id"] for i, a, b in zip(items, masked, cards, strict=True) if a != b]
    return {
        "set": folder.name,
        "items": len(items),
        "precision": round(both / max(1, sum(masked)), 4),
        "recall": round(both / max(1, sum(cards)), 4),
        "accuracy": round(1 - len(wrong) / max(1, len(items)), 4),
        "microseconds_an_item": round(seconds / max(1, len(items)) * 1e6),
        "wrong": wrong,
    }


def scores(corpus: Path = CORPUS) -> Iterator[dict]:
    for folder in sorted(corpus.glob("pii_*_cards")):
        yield score(folder)


def main() -> None:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    for line in scores(corpus):
        print(json.dumps(line))


if __name__ == "__main__":
    main()
