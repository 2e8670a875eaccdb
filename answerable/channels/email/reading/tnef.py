"""winmail.dat: what Outlook wraps its attachments in when it means nobody else."""

from dataclasses import dataclass, field

from answerable.channels.email.reading.letter import Part
from answerable.channels.email.reading.limits import Bench


@dataclass(slots=True)
class Unpacked:
    text: str = ""
    html: str = ""
    parts: list[Part] = field(default_factory=list)


def unpacked(content: bytes, bench: Bench) -> Unpacked | None:
    bench.note(f"a winmail.dat of {len(content):,} bytes is left closed")
    return None
