"""ARC chains judged: one JSON line for ../shared/corpus/auth_arc."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from answerable.channels.email.authenticity.signatures import chain

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
EXPECTED = {None: "none", "Pass": "pass", "Fail": "fail"}


class Keys:
    """The keys that a case brings along, in place of the DNS."""

    seconds_left = 3.0

    def __init__(self, records: dict[str, str]) -> None:
        self.records = {name.rstrip(".").lower(): text for name, text in records.items()}

    def txt(self, name: str) -> list[str]:
        text = self.records.get(name.rstrip(".").lower())
        return [] if text is None else [text]


def score(folder: Path) -> dict:
    items = [json.loads(line) for line in (folder / "expected.jsonl").read_text().splitlines()]
    began = time.perf_counter()
    got = [chain((folder / each["file"]).read_bytes(), Keys(each["dns"])).result for each in items]
    seconds = time.perf_counter() - began
    wrong = [
        f"{item['id']}: {result}"
        for item, result in zip(items, got, strict=True)
        if result != EXPECTED[item["expect"]["cv"]]
    ]
    return {
        "set": folder.name,
        "items": len(items),
        "accuracy": round(1 - len(wrong) / max(1, len(items)), 4),
        "milliseconds_an_item": round(seconds / max(1, len(items)) * 1e3, 2),
        "wrong": wrong,
    }


def scores(corpus: Path = CORPUS) -> Iterator[dict]:
    for folder in corpus.glob("auth_arc"):
        yield score(folder)


def main() -> None:
    for line in scores(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS):
        print(json.dumps(line))


if __name__ == "__main__":
    main()
