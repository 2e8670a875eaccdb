"""Is all well? What a workspace is told of itself, in words; each app adds what it knows.

    health.add(Section("mail", _("Mail"), mail_signs, order=10))

A look is given a member and yields signs of their workspace alone: nothing of another workspace,
and nothing of an inbox that they may not see.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from answerable.workspaces.models import Member

log = logging.getLogger(__name__)

Words = str | Promise


class Tone(StrEnum):
    """How it is: well, worth a look, or broken."""

    RIGHT = "right"
    CARE = "care"
    WRONG = "wrong"


@dataclass(frozen=True)
class Sign:
    """One thing that was looked at: what is so, what to do about it, and where."""

    tone: Tone
    about: Words
    words: Words
    advice: Words = ""
    links: tuple[tuple[Words, str], ...] = ()


Look = Callable[[Member], Iterable[Sign]]


@dataclass(frozen=True)
class Section:
    """Signs that belong together."""

    key: str
    title: Words
    look: Look
    order: int = 50


@dataclass(frozen=True)
class Report:
    """What was found, and the worst of it."""

    sections: list[tuple[Section, list[Sign]]]

    def count(self, tone: Tone) -> int:
        return sum(sign.tone is tone for _section, signs in self.sections for sign in signs)

    @property
    def worst(self) -> Tone:
        tones = [Tone.WRONG, Tone.CARE]
        return next((tone for tone in tones if self.count(tone)), Tone.RIGHT)


_sections: dict[str, Section] = {}


def add(section: Section) -> None:
    """Called from an app's `ready`; the same key twice is the same section."""
    _sections[section.key] = section


def report_for(member: Member) -> Report:
    ordered = sorted(_sections.values(), key=lambda section: section.order)
    return Report([(section, _signs(section, member)) for section in ordered])


def _signs(section: Section, member: Member) -> list[Sign]:
    try:
        return list(section.look(member))
    except Exception as problem:  # what cannot be looked at is a sign too
        log.exception("%s cannot be looked at", section.key)
        words = _("This could not be looked at: %s") % type(problem).__name__
        return [Sign(Tone.WRONG, section.title, words)]
