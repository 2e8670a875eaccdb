"""The head of a mail or of a part: the fields that matter here, and its secrets masked."""

import base64
import binascii
import quopri
import re
from urllib.parse import quote, unquote_to_bytes

from answerable.masking.plain import mask

FIELD = re.compile(rb"^([!-9;-~]{1,100})[ \t]*:((?:[^\n]|\n[ \t])*+)\n?", re.MULTILINE)
# Numbers in these are addresses, dates and signatures, and a change would break the mail.
LEFT_ALONE = {
    b"message-id", b"references", b"in-reply-to", b"received", b"date", b"resent-date",
    b"dkim-signature", b"arc-seal", b"arc-message-signature", b"arc-authentication-results",
    b"authentication-results", b"received-spf", b"x-received", b"mime-version", b"content-id",
    b"content-transfer-encoding", b"resent-message-id", b"return-path", b"x-google-smtp-source",
    b"list-unsubscribe", b"x-gm-message-state", b"domainkey-signature", b"thread-index",
}  # fmt: skip
PARAMETER = re.compile(rb""";\s*(charset|boundary)\s*=\s*("[^"]*"|[^\s;"]+)""", re.IGNORECASE)
WORD = rb"=\?[!->@-~]{1,40}\?[bqBQ]\?[!->@-~ ]{0,900}\?="
WORDS = re.compile(WORD + rb"(?:\s+" + WORD + rb")*")
ONE_WORD = re.compile(rb"=\?([^?*]*)[^?]*\?([bqBQ])\?([^?]*)\?=")
EXTENDED = re.compile(rb"(\*[0-9]{0,3}\*?=)((?:[\w.-]{0,40}'[\w-]{0,40}')?)([^\s;\"]{1,1500}+)")
LONGEST = 200_000


class Fields:
    """What a head says about its body."""

    def __init__(self, head: bytes) -> None:
        fields = {found[1].lower(): found[2] for found in reversed([*FIELD.finditer(head)])}
        kind = fields.get(b"content-type", b"text/plain")[:10_000]
        coding = fields.get(b"content-transfer-encoding", b"")[:100]
        parameters = {found[1].lower(): found[2].strip(b'"') for found in PARAMETER.finditer(kind)}
        self.media_type = kind.partition(b";")[0].strip().lower().decode("latin-1") or "text/plain"
        self.boundary = parameters.get(b"boundary", b"")
        self.charset = parameters.get(b"charset", b"").decode("latin-1").strip().lower()
        self.transfer_encoding = coding.strip().lower().decode("latin-1")


def mask_headers(head: bytes) -> tuple[bytes, int]:
    """The head with the secrets of its fields replaced, and how many there were."""
    pieces, at, count = [], 0, 0
    for field in FIELD.finditer(head):
        if field[1].lower() in LEFT_ALONE:
            continue
        value, found = _mask_value(field[2])
        value = value.replace(b"\r\n", b"\n") if b"\r\n" not in head else value
        if found:
            pieces += [head[at : field.start(2)], value]
            at, count = field.end(2), count + found
    return b"".join([*pieces, head[at:]]), count


def _mask_value(value: bytes) -> tuple[bytes, int]:
    count = 0
    for encoded, rewrite in ((WORDS, _words), (EXTENDED, _extended)):
        if encoded is EXTENDED and b"*" not in value:
            continue
        pieces, at = [], 0
        for each in encoded.finditer(value[:LONGEST]):
            new, found = rewrite(each)
            pieces += [value[at : each.start()], new]
            at, count = each.end(), count + found
        value = b"".join([*pieces, value[at:]])
    masked = mask(value.decode("latin-1"), sign="*")
    if not masked.found:
        return value, count
    return masked.text.encode("latin-1"), count + len(masked.found)


def _words(each: re.Match[bytes]) -> tuple[bytes, int]:
    """Encoded words (RFC 2047), masked; unchanged ones keep their bytes."""
    text = "".join(_word(word) for word in ONE_WORD.finditer(each.group()))
    masked = mask(text)
    if not masked.found:
        return each.group(), 0
    return _as_words(masked.text), len(masked.found)


def _word(word: re.Match[bytes]) -> str:
    charset, coding, payload = word.groups()
    if coding in b"bB":
        bare = re.sub(rb"[^A-Za-z0-9+/]", b"", payload)
        bare = bare[: len(bare) - (len(bare) % 4 == 1)]
        plain = binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))
    else:
        plain = quopri.decodestring(payload, header=True)
    try:
        return plain.decode(charset.decode("ascii"))
    except (UnicodeError, LookupError, ValueError):
        return plain.decode("utf-8", "replace")


def _as_words(text: str) -> bytes:
    """As encoded words of at most 75 characters, one a line."""
    pieces = [text[at : at + 11] for at in range(0, len(text), 11)]
    words = [b"=?utf-8?b?" + base64.b64encode(piece.encode()) + b"?=" for piece in pieces]
    return b"\r\n ".join(words)


def _extended(each: re.Match[bytes]) -> tuple[bytes, int]:
    """A parameter in percent signs (RFC 2231), as of a file name."""
    if b"%" not in each[3]:
        return each.group(), 0
    plain = unquote_to_bytes(each[3]).decode("utf-8", "replace")
    masked = mask(plain, sign="x")
    if not masked.found:
        return each.group(), 0
    return each[1] + each[2] + quote(masked.text, safe="").encode(), len(masked.found)
