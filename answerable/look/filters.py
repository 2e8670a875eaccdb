"""Small turns of a value into what is shown."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

# A link that a customer wrote opens apart, learns nothing, and earns nothing.
LINK = re.compile(r"\bhttps?://[^\s<>\"'`\u200b-\u200f\u202a-\u202e]{2,2000}")
TRAILING = ".,:;!?)]}»”’"
HUES = 12


def initials(name: str) -> str:
    """The first letters of the first and last word: Nadia Okafor is NO."""
    words = [word for word in re.split(r"[\s.@_-]+", name) if word and word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def hue(number: int | None) -> int:
    """One of twelve colours, always the same for the same person."""
    return (number or 0) * 7 % HUES


def capped(count: int, most: int = 999) -> str:
    return f"{most}+" if count > most else str(count)


def size(octets: int) -> str:
    """12 KB, 3.4 MB: as short as a file's size can be said."""
    if octets < 1000:
        return f"{octets} B"
    amount = float(octets)
    for unit in ("KB", "MB"):
        amount /= 1000
        if amount < 999.5:
            return f"{amount:.1f} {unit}" if amount < 9.95 else f"{amount:.0f} {unit}"
    return f"{amount / 1000:.1f} GB"


def linked(text: str) -> SafeString:
    """Plain text with its web addresses as links, everything escaped."""
    pieces: list[str] = []
    position = 0
    for match in LINK.finditer(text):
        address = match.group().rstrip(TRAILING)
        pieces += [conditional_escape(str(text[position : match.start()])), _link(address)]
        position = match.start() + len(address)
    pieces.append(conditional_escape(str(text[position:])))
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped above


def _link(address: str) -> SafeString:
    return format_html(
        '<a href="{}" target="_blank" rel="noopener noreferrer nofollow ugc">{}</a>',
        address,
        address,
    )


FILTERS = {
    "capped": capped,
    "hue": hue,
    "initials": initials,
    "linked": linked,
    "size": size,
}
