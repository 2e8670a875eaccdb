"""RFC 2047: words of other character sets inside headers, and RFC 2231: parameters."""

import binascii
import re
from urllib.parse import unquote_to_bytes

from answerable.channels.email.reading.charset import decoded

WORD = re.compile(r"=\?([\w.:+()\-]{1,60})(?:\*[\w\-]{0,20})?\?([bBqQ])\?([^?\r\n]{0,8000}?)\?=")
HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
PARAMETER = re.compile(
    r""";\s*([\w!#$&^.+%\-]{1,60}?)(\*\d{1,3})?(\*)?\s*=\s*("(?:[^"\\]|\\.)*"?|"
    r"'[^';]*'(?=\s*(?:;|$))|[^;]*)"""
)
NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
MOST_PARAMETERS = 100


def plain(value: str) -> str:
    """The text of a header with its encoded words decoded. Words that follow one another
    in one set are joined before decoding: senders cut inside a character."""
    if "=?" not in value:
        return value
    out: list[str] = []
    run: list[bytes] = []
    charset, at = "", 0
    for match in WORD.finditer(value):
        gap = value[at : match.start()]
        if run and (gap.strip() or match[1].lower() != charset):
            out.append(decoded(b"".join(run), charset)[0])
            run = []
        if gap and (gap.strip() or at == 0):
            out.append(gap)
        charset = match[1].lower()
        run.append(_bytes_of(match[2], match[3]))
        at = match.end()
    if run:
        out.append(decoded(b"".join(run), charset)[0])
    out.append(value[at:])
    return "".join(out)


def _bytes_of(encoding: str, word: str) -> bytes:
    if encoding in "bB":
        return unbase64(word)
    octets = word.replace("_", " ").encode("utf-8", "surrogateescape")
    return HEX.sub(lambda match: bytes([int(match[1], 16)]), octets)


def unbase64(word: str) -> bytes:
    word = NOT_BASE64.sub("", word)
    if len(word) % 4 == 1:
        word = word[:-1]
    return binascii.a2b_base64(word + "=" * (-len(word) % 4))


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """The token of a Content-Type or Content-Disposition, and its parameters in clear."""
    token, _, _ = value.partition(";")
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for count, match in enumerate(PARAMETER.finditer(value)):
        if count > MOST_PARAMETERS:
            break
        name, number, extended, raw = match.groups()
        piece = (int(number[1:]) if number else 0, bool(extended), _unquoted(raw))
        pieces.setdefault(name.lower() + ("*" if number or extended else ""), []).append(piece)
    clear = {name: plain(found[0][2]) for name, found in pieces.items() if not name.endswith("*")}
    for name, found in pieces.items():
        if name.endswith("*"):
            clear[name[:-1]] = _joined(sorted(found, key=lambda piece: piece[0]))
    return token.strip().lower(), clear


def _unquoted(raw: str) -> str:
    raw = raw.strip()
    if raw.startswith('"'):
        inner = raw[1:-1] if len(raw) > 1 and raw.endswith('"') else raw[1:]
        return re.sub(r'\\(["\\])', r"\1", inner)
    if len(raw) > 1 and raw[0] == raw[-1] == "'":
        return raw[1:-1]
    return raw


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: numbered pieces, the first naming the set as charset'language'value."""
    charset, octets = "", b""
    for count, (_, extended, value) in enumerate(pieces):
        clear = value
        if extended and count == 0 and value.count("'") >= 2:
            charset, _, clear = value.split("'", 2)
        octets += unquote_to_bytes(clear) if extended else clear.encode("utf-8", "replace")
    text = decoded(octets, charset)[0]
    return plain(text) if not charset else text
