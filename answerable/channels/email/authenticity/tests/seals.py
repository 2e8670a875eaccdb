"""A mail as somebody who passes mail on would seal it (RFC 8617)."""

import base64
import hashlib

import dkim
from dkim.canonicalization import CanonicalizationPolicy
from dkim.crypto import parse_pem_private_key

RELAXED = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")


def sealed(raw: bytes, key: str, domain: str, seen: str) -> bytes:
    """The mail with one ARC set on top, in which the domain says what it has seen."""
    arc, private = dkim.ARC(raw), parse_pem_private_key(key.encode())
    arc.hasher = hashlib.sha256
    by = [(b"a", b"rsa-sha256"), (b"d", domain.encode()), (b"s", b"s1"), (b"b", b"0" * 60)]
    body = base64.b64encode(hashlib.sha256(RELAXED.canonicalize_body(arc.body)).digest())
    fields = {
        b"ARC-Authentication-Results": None,
        b"ARC-Message-Signature": [(b"c", b"relaxed/relaxed"), (b"h", b"from"), (b"bh", body)],
        b"ARC-Seal": [(b"cv", b"none")],
    }
    covered: list[bytes] = []
    for name, tags in fields.items():
        value = f" i=1; {seen}\r\n".encode()
        if tags is not None:
            signs = [b"from"] if name != b"ARC-Seal" else covered
            whole = [(b"i", b"1"), *tags, *by]
            value = b" " + arc.gen_header(whole, signs, RELAXED, name, private)
        arc.headers.insert(0, [name, value])
        covered.append(name.lower())
    return b"".join(name + b":" + value for name, value in arc.headers) + b"\r\n" + arc.body
