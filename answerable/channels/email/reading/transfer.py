"""Content-Transfer-Encoding undone: bytes in, bytes out, whatever the damage."""

import binascii
import quopri
import re

NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
NOT_OF_IT = re.compile(rb"[^A-Za-z0-9+/=\s]|(?<=[a-z.]) (?=[a-z0-9])")
SAMPLE = 100_000
PADDED = re.compile(rb"=+")


def undone(content: bytes, encoding: str) -> tuple[bytes, str]:
    """The bytes as they were before their journey, and the problem in words."""
    encoding = encoding.strip().lower()
    if encoding.startswith("base64"):
        return _base64(content)
    if encoding.startswith("quoted"):
        return quopri.decodestring(content), ""
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _uu(content)
    return content, ""


def _base64(content: bytes) -> tuple[bytes, str]:
    try:
        return binascii.a2b_base64(content.translate(None, b"\r\n\t "), strict_mode=True), ""
    except (binascii.Error, ValueError):
        pass
    if len(NOT_OF_IT.findall(content[:SAMPLE])) * 50 > len(content[:SAMPLE]):
        return content, "a part is not base64 at all, though it says so"
    # Pieces that were encoded apart and joined have padding in the middle.
    pieces = [NOT_BASE64.sub(b"", piece) for piece in PADDED.split(content)]
    out = b"".join(_piece(piece) for piece in pieces[:10_000])
    clean = re.fullmatch(rb"[A-Za-z0-9+/\s]*=?\s*=?\s*", content)
    return out, "" if clean else "a part is not proper base64"


def _piece(piece: bytes) -> bytes:
    if len(piece) % 4 == 1:
        piece = piece[:-1]
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))


def _uu(content: bytes) -> tuple[bytes, str]:
    begin = re.search(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", content, re.MULTILINE)
    if not begin:
        return content, "a part is not proper uuencode"
    return uu_lines(content[begin.end() :].splitlines()), ""


def uu_lines(lines: list[bytes]) -> bytes:
    out = []
    for line in lines:
        if line.strip() in {b"end", b"`", b""}:
            if line.strip() == b"end":
                break
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders put junk behind the last full group of a line.
            length = ((line[0] - 32) & 63) * 4 // 3 + 4
            try:
                out.append(binascii.a2b_uu(line[:length]))
            except binascii.Error:
                continue
    return b"".join(out)
