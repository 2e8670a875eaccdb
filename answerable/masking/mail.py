"""A whole raw mail with its secrets made unreadable.

Only what holds a secret is written anew, in its own transfer encoding and character set;
everything else keeps its bytes. The mail is walked over as bytes, never as a tree of
objects, so that a hostile one costs time in proportion to its size and cannot fail.
"""

import re
from dataclasses import dataclass

from answerable.masking.headers import Fields, mask_headers
from answerable.masking.markup import mask_html
from answerable.masking.plain import Masked, mask
from answerable.masking.transfer import Coding, decoded, encoded

DEEPEST = 30
MOST_PARTS = 2000
NEWLINE = ord("\n")
END_OF_HEAD = re.compile(rb"\r?\n(?:\r?\n|\Z)")
MARKUP = {"text/html", "text/xml", "application/xhtml+xml", "application/xml"}
TEXT_LIKE = {*MARKUP, "application/json", "application/rtf", "message/delivery-status"}
IN_MAILS = {"message/rfc822", "message/global", "text/rfc822-headers", "message/news"}


@dataclass
class Walk:
    """What has been done of one mail."""

    found: int = 0
    parts: int = 0

    def entity(self, raw: bytes, depth: int) -> bytes:
        """A head and its body, masked."""
        self.parts += 1
        end = None if raw[:1] in {b"\n", b"\r"} else END_OF_HEAD.search(raw)
        at = end.end() if end else (0 if raw[:1] in {b"\n", b"\r"} else len(raw))
        fields = Fields(raw[:at])
        head, found = mask_headers(raw[:at])
        self.found += found
        return head + self.body(raw[at:], fields, depth)

    def body(self, body: bytes, fields: Fields, depth: int) -> bytes:
        deeper = depth < DEEPEST and self.parts < MOST_PARTS
        if deeper and fields.media_type.startswith("multipart/") and fields.boundary:
            return self.multipart(body, fields.boundary, depth)
        coding = Coding(fields.transfer_encoding, fields.charset)
        if deeper and fields.media_type in IN_MAILS:
            return self.inner_mail(body, coding, depth)
        if fields.media_type.startswith("text/") or fields.media_type in TEXT_LIKE:
            return self.text(body, coding, is_markup=fields.media_type in MARKUP)
        return body if deeper else self.text(body, Coding("", ""), is_markup=False)

    def multipart(self, body: bytes, boundary: bytes, depth: int) -> bytes:
        line = re.compile(b"--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
        pieces, at, inside = [], 0, False
        for border in line.finditer(body):
            if self.parts >= MOST_PARTS:
                break
            if border.start() > 0 and body[border.start() - 1] != NEWLINE:
                continue
            pieces += [self.piece(body[at : border.start()], depth, inside=inside), border.group()]
            at, inside = border.end(), not border[1]
        return b"".join([*pieces, self.piece(body[at:], depth, inside=inside)])

    def piece(self, raw: bytes, depth: int, *, inside: bool) -> bytes:
        if inside and self.parts < MOST_PARTS:
            return self.entity(raw, depth + 1)
        return self.text(raw, Coding("", ""), is_markup=False)

    def inner_mail(self, body: bytes, coding: Coding, depth: int) -> bytes:
        plain = decoded(body, coding)
        masked = self.entity(plain, depth + 1)
        return body if masked == plain else encoded(masked, body, coding)

    def text(self, body: bytes, coding: Coding, *, is_markup: bool) -> bytes:
        plain = decoded(body, coding)
        text, charset = coding.read(plain)
        masked = _masked(text, is_markup=is_markup, sign=_sign(charset))
        self.found += len(masked.found)
        if not masked.found:
            return body
        return encoded(masked.text.encode(charset, "replace"), body, coding)


def mask_mail(raw: bytes) -> tuple[bytes, int]:
    """The mail with every secret replaced, and how many there were. Never raises."""
    walk = Walk()
    masked = walk.entity(raw, 0)
    return masked, walk.found


def _masked(text: str, *, is_markup: bool, sign: str) -> Masked:
    return mask_html(text, sign=sign) if is_markup else mask(text, sign=sign)


def _sign(charset: str) -> str:
    """A bullet where the character set has one."""
    try:
        return "•" if "•".encode(charset) else "*"
    except UnicodeEncodeError:
        return "*"
