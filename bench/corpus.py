"""Other projects' fixtures, read by our reading, scored by the scorers that came with them.

    python -m bench.corpus [--corpus PATH] [--set NAME] [--wrong]

One JSON line a set: items, how many are all right, the mean of each measure, and
the floor of today's tools on the same items (measured in this run where the tool
is installed).
"""

import argparse
import hashlib
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType
from typing import Any

import bench.addresses
import bench.arc
import bench.cards
from answerable.channels.email.reading import Letter, Part, read
from answerable.channels.email.reading.sanitised import clean

Item = dict[str, Any]
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpus"
BEST_REPLY_LIBRARY = {"reply_talon": 0.37, "reply_crisp": 0.46}
SCORES: dict[str, Callable[[Path, list[Item], "Scorers"], Item]] = {}


class Scorers:
    """The scorers of the corpus, which are not ours."""

    def __init__(self, corpus: Path) -> None:
        sys.path.insert(0, str(corpus / "score"))
        self.mail: ModuleType = importlib.import_module("score_mail")
        self.html: ModuleType = importlib.import_module("judge_html")


def score_of(prefix: str) -> Callable[[Callable[..., Item]], Callable[..., Item]]:
    def kept(function: Callable[..., Item]) -> Callable[..., Item]:
        SCORES[prefix] = function
        return function

    return kept


def mail_of(item: Item, folder: Path) -> bytes:
    """The item as a mail; what is only a body is put into one."""
    raw = (folder / item["file"]).read_bytes() if "file" in item else item["input"].encode()
    is_body = item["id"].startswith("reply_") and item.get("op") != "mail"
    if not is_body:
        return raw
    mail = EmailMessage()
    mail["From"] = item.get("sender") or "someone@customer.example"
    subtype = "html" if "html" in item.get("op", "") else "plain"
    mail.set_content(raw.decode("utf-8", "replace"), subtype=subtype, cte="8bit")
    return mail.as_bytes()


def prediction(item: Item, letter: Letter) -> Item:
    sender = next(iter(letter.senders), None)
    failures = [{"status": f.status, "reason": f.reason, "hard": f.hard} for f in letter.failures]
    kind = "bounce" if letter.is_bounce else "auto_generated" if letter.is_automatic else ""
    return {
        "id": item["id"],
        "from_email": sender.email if sender else "",
        "from_name": sender.name if sender else "",
        "to": [address.email for address in letter.to],
        "cc": [address.email for address in letter.cc],
        "subject": letter.subject,
        "body_text": letter.text,
        "reply_text": letter.new_text,
        "signature": letter.signature,
        "attachments": [attachment(part) for part in letter.parts],
        "bounce": letter.is_bounce,
        "auto_reply": letter.is_automatic,
        "disposition": kind,
        "failures": failures,
        "permanent": [f.address for f in letter.failures if f.status[:1] != "4"],
        "temporary": [f.address for f in letter.failures if f.status[:1] == "4"],
    }


def attachment(part: Part) -> Item:
    lf = part.content.replace(b"\r\n", b"\n")
    return {
        "filename": part.filename,
        "size": len(part.content),
        "sha256": hashlib.sha256(part.content).hexdigest(),
        "sha256_lf": hashlib.sha256(lf).hexdigest(),
    }


class Tally:
    """The mean of each measure, and how many items have all of them right."""

    def __init__(self) -> None:
        self.sums: dict[str, list[float]] = {}
        self.items = self.right = 0

    def add(self, found: list[tuple[str, float]]) -> bool:
        for measure, value in found:
            self.sums.setdefault(measure, []).append(value)
        is_right = all(value >= 1 for name, value in found if not name.endswith("_f1"))
        self.items += 1
        self.right += is_right
        return is_right

    def means(self) -> dict[str, float]:
        return {name: round(sum(values) / len(values), 3) for name, values in self.sums.items()}


def _mails(folder: Path, items: list[Item], scorers: Scorers, peer: str = "") -> Item:
    ours, theirs = Tally(), Tally()
    for item in items:
        if not item["expect"]:
            continue
        guess = prediction(item, read(mail_of(item, folder)))
        found = list(scorers.mail.checks(item["expect"], guess))
        if not ours.add(found) and "--wrong" in sys.argv:
            print(item["id"], [name for name, value in found if value < 1], file=sys.stderr)
        if peer:
            theirs.add(
                list(scorers.mail.checks(item["expect"], _peer(peer, item, folder, scorers)))
            )
    floor = {"tool": peer, "all_right": theirs.right, **theirs.means()} if peer else None
    return {"items": ours.items, "all_right": ours.right, **ours.means(), "floor": floor}


def _peer(name: str, item: Item, folder: Path, scorers: Scorers) -> Item:
    try:
        return scorers.mail.baseline(name, item, str(folder))
    except Exception as trouble:  # noqa: BLE001 the floor of a tool that raises is what it is
        return {"error": repr(trouble)}


@score_of("mime_")
@score_of("mail_")
def whole_mails(folder: Path, items: list[Item], scorers: Scorers) -> Item:
    return _mails(folder, items, scorers, "stdlib")


@score_of("bounce_")
def bounces(folder: Path, items: list[Item], scorers: Scorers) -> Item:
    return _mails(folder, items, scorers, "flufl")


@score_of("reply_")
def replies(folder: Path, items: list[Item], scorers: Scorers) -> Item:
    result = _mails(folder, items, scorers)
    result["floor"] = {"reply_exact": BEST_REPLY_LIBRARY.get(folder.name)}
    return result


@score_of("addr_")
def addresses(folder: Path, _items: list[Item], _scorers: Scorers) -> Item:
    return _own_scorer(bench.addresses.score(folder))


@score_of("pii_")
def cards(folder: Path, _items: list[Item], _scorers: Scorers) -> Item:
    return _own_scorer(bench.cards.score(folder))


@score_of("auth_arc")
def seals(folder: Path, _items: list[Item], _scorers: Scorers) -> Item:
    return _own_scorer(bench.arc.score(folder))


def _own_scorer(result: Item) -> Item:
    wrong = result.pop("wrong")
    if "--wrong" in sys.argv:
        print(result["set"], wrong, file=sys.stderr)
    return {**result, "all_right": result["items"] - len(wrong), "floor": None}


@score_of("xss_")
def html(_folder: Path, items: list[Item], scorers: Scorers) -> Item:
    inert = stable = kept = texts = 0
    for item in items:
        source = item["input"]
        cleaned = clean(source)
        active = scorers.html.findings(cleaned)
        inert += not active
        stable += clean(cleaned) == cleaned
        if active and "--wrong" in sys.argv:
            print(item["id"], active, source[:100], cleaned[:200], file=sys.stderr)
        text = item["expect"].get("text")
        if text:
            squash = scorers.mail.squash
            texts += 1
            kept += squash(text) in squash(scorers.mail.html_to_text(cleaned))
    means = {"inert": inert, "stable": stable, "text_kept": f"{kept} of {texts}"}
    return {"items": len(items), "all_right": inert, **means, "floor": None}


def scores(corpus: Path, wanted: str | None) -> Iterator[Item]:
    scorers = Scorers(corpus)
    for folder in sorted(corpus.iterdir()):
        if wanted not in {None, folder.name}:
            continue
        for prefix, score in SCORES.items():
            if folder.name.startswith(prefix):
                lines = (folder / "expected.jsonl").read_text().splitlines()
                result = score(folder, [json.loads(line) for line in lines], scorers)
                yield {"set": folder.name, **result}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=DEFAULT)
    parser.add_argument("--set", dest="wanted")
    parser.add_argument("--wrong", action="store_true", help="name the items that are not right")
    asked = parser.parse_args()
    if not (asked.corpus / "score").is_dir():
        print(f"SKIPPED: there is no corpus in {asked.corpus}", file=sys.stderr)
        return 0
    for line in scores(asked.corpus, asked.wanted):
        print(json.dumps(line, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
