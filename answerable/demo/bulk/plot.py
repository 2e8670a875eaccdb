"""How one conversation went: who wrote what and when, who took it, and where it stands."""

from dataclasses import dataclass, field
from random import Random

from answerable.demo.bulk.cast import Cast, Place
from answerable.demo.bulk.people import Person
from answerable.demo.bulk.phrases import ORDER, Phrases, Said, Topic

HOUR = 3600.0
# Of those that came lately, so many are still open; of the older ones hardly any.
LATELY, OPEN_LATELY, OPEN_LATER = 0.955, 0.62, 0.003


@dataclass(slots=True)
class Turn:
    """Something said. `by` is None for the customer; a note is said to colleagues."""

    at: float
    said: Said
    by: tuple[int, str] | None = None
    is_note: bool = False


@dataclass(slots=True)
class Story:
    """One conversation, before it is rows."""

    topic: Topic
    place: Place
    subject: Said
    turns: list[Turn]
    shelf: str = "resolved"
    category: str = "resolved"
    priority: int = 2
    assignee: tuple[int, str] | None = None
    paper: tuple[int, str, str, int] | None = None
    settled_at: float = 0.0
    snoozed_until: float = 0.0
    tags: list[tuple[str, int]] = field(default_factory=list)


class Plot:
    """Makes stories, the same ones for the same seed."""

    def __init__(self, cast: Cast, phrases: Phrases, seed: int, now: float) -> None:
        self.cast, self.phrases, self.now = cast, phrases, now
        self.rng = Random(seed)  # noqa: S311 - a seed is wanted

    def story(self, who: Person, at: float, lateness: float) -> Story:
        """What they asked at this moment; lateness is 1.0 for the newest of all."""
        rng = self.rng
        if rng.random() < 0.02:
            return self._spam(who, at)
        topic = self.phrases.topics[int(rng.random() * len(self.phrases.topics))]
        places = self.cast.places[topic.inbox]
        place = places[int(rng.random() * len(places))]
        story = Story(topic, place, self._subject(topic), [])
        story.tags = [(name, self.cast.tags[name]) for name in topic.tags if name in self.cast.tags]
        is_open = rng.random() < (OPEN_LATELY if lateness > LATELY else OPEN_LATER)
        self._staff(story, is_open=is_open)
        self._talk(story, who, at)
        self._stand(story, is_open=is_open)
        if rng.random() < 0.03:
            story.paper = self.cast.papers[int(rng.random() * len(self.cast.papers))]
        return story

    def _subject(self, topic: Topic) -> Said:
        subject = topic.subjects[int(self.rng.random() * len(topic.subjects))]
        if ORDER not in subject.text:
            return subject
        order = str(20_000_000 + int(self.rng.random() * 60_000_000))
        return Said(subject.text.replace(ORDER, order), subject.folded.replace(ORDER, order))

    def _spam(self, who: Person, at: float) -> Story:
        topic = self.phrases.spam[0]
        place = self.cast.places["support"][0]
        asked = Turn(at, self.phrases.question(topic, who.name, self.rng))
        return Story(topic, place, self._subject(topic), [asked], shelf="spam", category="new")

    def _staff(self, story: Story, *, is_open: bool) -> None:
        members = story.place.members
        if members and self.rng.random() < (0.55 if is_open else 0.97):
            story.assignee = members[int(self.rng.random() * len(members))]
        roll = self.rng.random()
        story.priority = 4 if roll < 0.01 else 3 if roll < 0.06 else 2 if roll < 0.97 else 1

    def _talk(self, story: Story, who: Person, at: float) -> None:
        rng, turns = self.rng, story.turns
        turns.append(Turn(at, self.phrases.question(story.topic, who.name, rng)))
        agent = story.assignee
        if agent is None:
            return
        if rng.random() < 0.2:
            note = self.phrases.notes[int(rng.random() * len(self.phrases.notes))]
            turns.append(Turn(at + rng.random() * HOUR, note, agent, is_note=True))
        for _ in range(1 + int(rng.random() * rng.random() * 3)):
            at = at + HOUR + rng.random() * 5 * HOUR
            answer = self.phrases.answer(story.topic, who.first, rng)
            turns.append(Turn(at, answer, agent))
            if rng.random() < 0.65:
                at += rng.random() * 20 * HOUR
                turns.append(Turn(at, self.phrases.follow_up(who.name, rng)))
        # What lies ahead has not been said.
        story.turns = [turns[0], *[turn for turn in turns[1:] if turn.at < self.now]]

    def _stand(self, story: Story, *, is_open: bool) -> None:
        rng, last = self.rng, story.turns[-1]
        if is_open:
            was_answered = last.by and not last.is_note
            story.category = "waiting" if was_answered else "open" if story.assignee else "new"
            story.shelf = "open"
            if rng.random() < 0.06:
                story.shelf = story.category = "snoozed"
                story.snoozed_until = self.now + HOUR + rng.random() * 200 * HOUR
            return
        story.settled_at = min(last.at + rng.random() * HOUR, self.now)
        if rng.random() < 0.006:
            story.shelf = "trash"
