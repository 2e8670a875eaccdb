"""What somebody passed on: the first writer, subject and words, inline or attached."""

from answerable.channels.email.reading.addresses import addresses, is_address, normal
from answerable.channels.email.reading.bodies import bodies
from answerable.channels.email.reading.headers import one_line
from answerable.channels.email.reading.letter import Address, Forwarded
from answerable.channels.email.reading.limits import Bench
from answerable.channels.email.reading.mime import Entity
from answerable.channels.email.reading.quotes import Mark, block_at, found_in
from answerable.channels.email.reading.reports import ADDRESS
from answerable.channels.email.reading.texts import text_in

LONGEST = 200_000


def forwarded_in(
    text: str, attached: list[Entity], bench: Bench, *, is_forward: bool
) -> Forwarded | None:
    """The first mail that this one passes on; None when it passes on none."""
    lines = text[:LONGEST].split("\n")
    for mark in found_in(lines, most=5):
        if mark.kind == "forward" or (is_forward and mark.kind in {"headers", "original"}):
            return _inline(lines, mark)
    return _attached(attached[0], bench) if attached else None


def _inline(lines: list[str], mark: Mark) -> Forwarded:
    rest = [_unquoted(line) for line in lines[mark.first :]]
    start = 0 if mark.kind == "headers" else mark.after - mark.first
    while start < len(rest) and not rest[start].strip(" -_*─"):
        start += 1
    values, after = block_at(rest, start)
    text = "\n".join(rest[after:] if values else rest[start:])
    return Forwarded(address_in(values.get("from", "")), values.get("subject", ""), text.strip())


def _unquoted(line: str) -> str:
    stripped = line.lstrip()
    return stripped[1:].removeprefix(" ") if stripped.startswith(">") else line


def address_in(value: str) -> Address | None:
    """`Carl <carl@…>`, `Carl [mailto:carl@…]`, `carl@…`: as people's programs write it."""
    match = ADDRESS.search(value.replace("mailto:", " "))
    if not match or not is_address(match[0]):
        return None
    name = value.partition("[")[0].partition("<")[0].partition(match[0])[0]
    return Address(one_line(name).strip("\"'*( "), normal(match[0]))


def _attached(part: Entity, bench: Bench) -> Forwarded | None:
    inner = part.children[0]
    senders = addresses(inner.headers.raw_all("from"), bench, lax=True)
    sender = senders[0] if len(senders) == 1 else None
    text = text_in(bodies(inner, bench))
    return Forwarded(sender, inner.headers.text("subject")[:1_000], text)
