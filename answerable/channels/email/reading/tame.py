"""HTML made harmless for parsers: deep nesting and endless tags cost them quadratic time."""

import re
from collections import Counter
from collections.abc import Callable

# Elements that close one another (p, li, td …) do not nest by themselves.
NESTING = re.compile(
    r"<(/?)(?!(?:br|hr|img|input|meta|link|p|li|td|th|tr|dd|dt|option|wbr|area|base|col|source)\b)"
    r"([a-zA-Z][a-zA-Z0-9:\-]{0,30})"
)
DATA_URI = re.compile(r"data:[a-zA-Z0-9/+.\-]{0,60};base64,[A-Za-z0-9+/=\s%]{200,}+")
LONG_TAG = re.compile(r"<[a-zA-Z/!?][^<>]{4000,}+>?")
BREAKS = re.compile(r"[\s/]")
LONGEST_TAG = 20_000
MOST_ATTRIBUTES = 500
DEEPEST = 250
FEW_TAGS = 5_000


def tamed(html: str) -> str:
    """The same page, without embedded data, without tags longer or deeper than pages have."""
    if "base64," in html:
        html = DATA_URI.sub("data:,", html)
    html = LONG_TAG.sub(_shortened, html)
    if html.count("<") > FEW_TAGS:
        html = NESTING.sub(_flattened(), html)
    return html


def _shortened(match: re.Match[str]) -> str:
    tag = match[0]
    if len(tag) < LONGEST_TAG and len(BREAKS.findall(tag)) < MOST_ATTRIBUTES:
        return tag
    return ""


def _flattened() -> Callable[[re.Match[str]], str]:
    """Counts what is open by name: an end tag that closes nothing must not hide the depth."""
    opened: Counter[str] = Counter()
    depth = 0

    def flat(match: re.Match[str]) -> str:
        nonlocal depth
        name = match[2].lower()
        if match[1]:
            if opened[name]:
                opened[name] -= 1
                depth -= 1
            return match[0]
        if depth >= DEEPEST:
            return "<br "
        opened[name] += 1
        depth += 1
        return match[0]

    return flat
