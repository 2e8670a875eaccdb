"""Sentences, each with the form in which search compares it, so that nothing is folded twice."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any, NamedTuple

from answerable.demo.story import stories
from answerable.search.folding import folded

ORDER = "90000009"


class Said(NamedTuple):
    """Some words, and the same as search compares them."""

    text: str
    folded: str


def said(text: str) -> Said:
    return Said(text, folded(text))


@dataclass(frozen=True)
class Topic:
    """What conversations are about, and what is said in them."""

    tags: tuple[str, ...]
    inbox: str
    subjects: list[Said]
    asks: list[Said]
    details: list[Said]
    answers: list[Said]
    is_spam: bool = False


class Phrases:
    """All sentences, and how a mail is put together from them."""

    def __init__(self) -> None:
        raw = tomllib.loads((files("answerable.demo.bulk") / "phrases.toml").read_text())
        self.first_names: list[str] = raw["first_names"]
        self.last_names: list[str] = raw["last_names"]
        self.domains: list[str] = raw["domains"]
        self.notes = [said(text) for text in raw["notes"]]
        self._lamps: list[str] = raw["lamps"]
        self._greetings = [said(text) for text in raw["greetings"]]
        self._closings = [said(text) for text in raw["closings"]]
        self._replies = [said(text) for text in raw["replies"]]
        self._offers = [said(text) for text in raw["offers"]]
        self._follow_ups = self._of_each_lamp(raw["follow_ups"])
        topics = [self._topic(topic) for topic in raw["topic"]]
        self.spam = [topic for topic in topics if topic.is_spam]
        told = [topic for topic in map(_of_story, stories()) if topic.answers]
        self.topics = [topic for topic in topics if not topic.is_spam] * 4 + told

    def question(self, topic: Topic, name: Said, rng: Random) -> Said:
        some = _one(self._greetings, rng), _one(topic.asks, rng), _one(topic.details, rng)
        greeting, ask, detail = some
        closing = _one(self._closings, rng)
        return _with_order(
            f"{greeting.text}\n\n{ask.text} {detail.text}\n\n{closing.text}\n{name.text}",
            f"{greeting.folded} {ask.folded} {detail.folded} {closing.folded} {name.folded}",
            rng,
        )

    def answer(self, topic: Topic, name: Said, rng: Random) -> Said:
        reply, answer = _one(self._replies, rng), _one(topic.answers, rng)
        offer = _one(self._offers, rng)
        return _with_order(
            f"Hello {name.text},\n\n{reply.text} {answer.text}\n\n{offer.text}",
            f"hello {name.folded} {reply.folded} {answer.folded} {offer.folded}",
            rng,
        )

    def follow_up(self, name: Said, rng: Random) -> Said:
        words = _one(self._follow_ups, rng)
        text, compared = f"{words.text}\n\n{name.text}", f"{words.folded} {name.folded}"
        return _with_order(text, compared, rng)

    def _topic(self, raw: dict[str, Any]) -> Topic:
        return Topic(
            tags=tuple(raw["tags"]),
            inbox=raw.get("inbox", "support"),
            subjects=self._of_each_lamp(raw["subjects"]),
            asks=self._of_each_lamp(raw["asks"]),
            details=self._of_each_lamp(raw["details"]),
            answers=self._of_each_lamp(raw["answers"]),
            is_spam=raw.get("spam", False),
        )

    def _of_each_lamp(self, texts: list[str]) -> list[Said]:
        all_of_them = [text.replace("LAMP", lamp) for lamp in self._lamps for text in texts]
        return [said(text) for text in dict.fromkeys(all_of_them)]


def _of_story(story: dict[str, Any]) -> Topic:
    """The paragraphs of a told story, to be said again by others."""
    asked = [turn["text"] for turn in story["turns"] if turn["by"] == "customer"]
    by_members = [t["text"] for t in story["turns"] if t["by"] in {"ada", "priya", "bo"}]
    return Topic(
        tags=tuple(story.get("tags", [])),
        inbox=story.get("inbox", "support"),
        subjects=[said(story["subject"])],
        asks=_paragraphs(asked),
        details=_paragraphs(asked[:1])[-1:] or [said("")],
        answers=_paragraphs(by_members),
    )


def _paragraphs(texts: list[str]) -> list[Said]:
    return [said(part) for text in texts for part in text.split("\n\n") if len(part) > 40]


def _with_order(text: str, compared: str, rng: Random) -> Said:
    if ORDER not in text:
        return Said(text, compared)
    order = str(20_000_000 + int(rng.random() * 60_000_000))
    return Said(text.replace(ORDER, order), compared.replace(ORDER, order))


def _one(among: Sequence[Said], rng: Random) -> Said:
    return among[int(rng.random() * len(among))]
