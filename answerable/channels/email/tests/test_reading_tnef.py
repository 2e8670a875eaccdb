"""winmail.dat, written here by the rules of MS-OXTNEF."""

import base64
import struct

from answerable.channels.email.reading import read
from answerable.channels.email.tests.shelf import HEAD, mail


def attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(value)) + value + b"\0\0"


def winmail() -> bytes:
    text = "Invoice März.pdf".encode("utf-16-le") + b"\0\0"
    named = struct.pack("<I", 1) + struct.pack("<HHII", 0x1F, 0x3707, 1, len(text)) + text
    named += b"\0" * (-len(text) % 4)
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x0002800C, b"See the invoice.\0")
        + attribute(2, 0x00069002, b"\0" * 14)
        + attribute(2, 0x00018010, b"INVOIC~1.PDF\0")
        + attribute(2, 0x0006800F, b"%PDF-1.4 lamp")
        + attribute(2, 0x00069005, named)
    )


def read_with(content: bytes):
    return read(
        mail(
            *HEAD,
            "Content-Type: application/ms-tnef; name=winmail.dat",
            "Content-Transfer-Encoding: base64",
            "",
            base64.encodebytes(content).decode(),
        )
    )


def test_what_outlook_wrapped_is_unwrapped():
    letter = read_with(winmail())

    assert letter.new_text == "See the invoice."
    assert [(part.filename, part.content) for part in letter.parts] == [
        ("Invoice März.pdf", b"%PDF-1.4 lamp")
    ]


def test_a_cut_winmail_gives_what_could_be_read():
    whole = winmail()
    for length in range(0, len(whole), 7):
        letter = read_with(whole[:length])

        assert not any("could not be read" in problem for problem in letter.problems)


def test_what_is_no_winmail_is_kept_as_it_is():
    assert read_with(b"something else").parts[0].content == b"something else"
