"""The body of an HTML mail as a document of its own, for a frame that can do nothing.

The sanitiser has been over it when it was filed; here it meets a second wall and a third: the
frame has neither scripts nor our origin, and its own policy lets nothing in from outside.
"""

import base64
import re
from collections.abc import Callable, Iterable
from html import unescape
from io import BytesIO

from django.utils.html import escape
from PIL import Image, UnidentifiedImageError

from answerable.conversations.models import Attachment

PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
MOST_PICTURES = 3_000_000
LARGEST_SIDE = 12_000
SMALL = 144
LARGE = 2_000
REMOTE = re.compile(r' data-remote-src="(https?://[^"]{1,4000})"', re.IGNORECASE)
CID = re.compile(r"""(\ssrc=["'])cid:([^"'\s>]{1,250})(["'])""", re.IGNORECASE)

POLICY = (
    "default-src 'none'; img-src data: {remote}; style-src 'unsafe-inline'; sandbox "
    "allow-popups allow-popups-to-escape-sandbox; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
LOOKS = """
:root { color-scheme: light }
html { background: #fff; overflow-wrap: anywhere }
body { color: #1c1d22; font: 14px/1.5 system-ui, sans-serif; margin: 0; padding: 12px 16px }
img { height: auto; max-width: 100% }
table { max-width: 100% }
pre { white-space: pre-wrap }
blockquote { border-left: 2px solid #d7d9e0; color: #5a5d68; margin-left: 0; padding-left: 12px }
"""


def document(html: str, files: Iterable[Attachment], proxy: Callable[[str], str] | None) -> str:
    """A whole page around a body, its own pictures put in, links opening apart.

    With a `proxy`, which makes our address of a stranger's, pictures from elsewhere too.
    """
    pictures = {file.content_id.strip("<>"): file for file in files if file.content_id}
    if proxy:
        html = REMOTE.sub(lambda found: f' src="{escape(proxy(unescape(found[1])))}"', html)
    return (
        '<!doctype html><html><head><meta charset="utf-8"><base target="_blank">'
        f"<style>{LOOKS}</style></head><body>{_with_pictures(html, pictures)}</body></html>"
    )


def _with_pictures(html: str, pictures: dict[str, Attachment]) -> str:
    left = MOST_PICTURES

    def put(match: re.Match[str]) -> str:
        nonlocal left
        file = pictures.get(match.group(2))
        if file is None or file.size > left:
            return match.group(0)
        content = file.file.read()
        media_type = picture_type(content)
        if not media_type:
            return match.group(0)
        left -= len(content)
        data = base64.b64encode(content).decode()
        return f"{match.group(1)}data:{media_type};base64,{escape(data)}{match.group(3)}"

    return CID.sub(put, html)


def picture_type(content: bytes) -> str:
    """What these bytes are, by looking at them; a declared type proves nothing (T006)."""
    try:
        with Image.open(BytesIO(content)) as picture:
            is_small = max(picture.size) <= LARGEST_SIDE
            return PICTURES.get(picture.format or "", "") if is_small else ""
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return ""


def made_anew(content: bytes, most: int = SMALL) -> bytes:
    """A picture drawn again, at most so many pixels wide and high; nothing if it is none."""
    if not picture_type(content):
        return b""
    made = BytesIO()
    try:
        with Image.open(BytesIO(content)) as picture:
            picture.thumbnail((most, most))
            picture.convert("RGBA").save(made, "WEBP", quality=80)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    return made.getvalue()
