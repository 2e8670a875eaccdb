"""HTML made harmless for parsers: deep nesting and endless tags cost them quadratic time."""

import re
from collections.abc import Callable

NESTING = re.compile(
    r"<(/?)(?!(?:br|hr|img|input|meta|link|p|wbr|area|base|col|embed|param|source|track)\b)"
    r"([a-zA-Z][a-zA-Z0-9:\-]{0,30})"
)
DATA_URI = re.compile(r"data:[a-zA-Z0-9/+.\-]{0,60};base64,[A-Za-z0-9+/=\s%]{200,}+")
LONG_TAG = 20_000
DEEPEST = 200
FEW_TAGS = 400


def tamed(html: str) -> str:
    """The same page, without embedded data, without tags longer or deeper than pages have."""
    html = DATA_URI.sub("data:,", html) if "base64," in html else html
    if html.count("<") > FEW_TAGS:
        html = NESTING.sub(_flattened(), html)
    if len(html) > LONG_TAG:
        html = "<".join(_shortened(piece) for piece in html.split("<"))
    return html


def _flattened() -> Callable[[re.Match[str]], str]:
    depth = 0

    def flat(match: re.Match[str]) -> str:
        nonlocal depth
        if match[1]:
            depth = max(0, depth - 1)
            return match[0]
        depth += 1
        return match[0] if depth <= DEEPEST else f"<br data-was={match[2]}"

    return flat


def _shortened(piece: str) -> str:
    if len(piece) <= LONG_TAG:
        return piece
    end = piece.find(">")
    if end > LONG_TAG or end < 0:
        return piece[:40].split(" ", maxsplit=1)[0] + (
            ">" + piece[end + 1 :] if end >= 0 else piece[LONG_TAG:]
        )
    return piece
