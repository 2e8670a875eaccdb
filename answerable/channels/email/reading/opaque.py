"""The mail inside an S/MIME part that is signed in one block (RFC 8551, application/pkcs7-mime).

Only unwrapped, never believed: the signature is not checked here.
"""

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
OCTETS, CONSTRUCTED_OCTETS, EXPLICIT = 0x04, 0x24, 0xA0
MOST_PIECES = 100_000


class _Broken(Exception):
    """The block ends or lies before its content is read."""


def signed_content(block: bytes) -> bytes | None:
    """The content that was signed; None when there is none or the block is broken."""
    if SIGNED_DATA not in block[:64]:
        return None
    at = block.find(DATA, 0, 512)
    if at < 0:
        return None
    try:
        tag, start, _ = _head(block, at + len(DATA))
        if tag != EXPLICIT:
            return None
        return _octets(block, start)
    except (_Broken, IndexError):
        return None


def _head(block: bytes, at: int) -> tuple[int, int, int | None]:
    """Tag, where its content begins, and its length; None for a length that is left open."""
    tag, length, at = block[at], block[at + 1], at + 2
    if length == 0x80:
        return tag, at, None
    if length & 0x80:
        count = length & 0x7F
        if count > 8:
            raise _Broken
        length, at = int.from_bytes(block[at : at + count], "big"), at + count
    if at + length > len(block):
        raise _Broken
    return tag, at, length


def _octets(block: bytes, at: int) -> bytes:
    """One string of octets, or many that streaming programs wrote one after another."""
    tag, start, length = _head(block, at)
    if tag == OCTETS and length is not None:
        return block[start : start + length]
    if tag != CONSTRUCTED_OCTETS:
        raise _Broken
    end = len(block) if length is None else start + length
    pieces: list[bytes] = []
    at = start
    while at < end and block[at : at + 2] != b"\0\0" and len(pieces) < MOST_PIECES:
        tag, start, length = _head(block, at)
        if tag != OCTETS or length is None:
            raise _Broken
        pieces.append(block[start : start + length])
        at = start + length
    return b"".join(pieces)
