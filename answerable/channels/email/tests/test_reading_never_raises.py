"""Whatever the bytes are, there is a letter."""

import email
import email.policy
from email.message import EmailMessage

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.channels.email.reading import Limits, read
from answerable.channels.email.tests.shelf import SHELF

LETTERS = [path.read_bytes() for path in sorted(SHELF.glob("*.eml"))]
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Zl", "Zp")))


@st.composite
def mutated(draw):
    raw = bytearray(draw(st.sampled_from(LETTERS)))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 40)))
        raw[start:end] = draw(st.binary(max_size=12))
    return bytes(raw)


def is_sound(raw: bytes) -> bool:
    letter = read(raw)
    repr(letter).encode()
    return not any("could not be read" in problem for problem in letter.problems)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
def test_random_bytes_never_raise(raw):
    assert is_sound(raw)


@settings(max_examples=400, deadline=None)
@given(mutated())
def test_mutated_mails_never_raise(raw):
    assert is_sound(raw)


@settings(max_examples=100, deadline=None)
@given(mutated(), st.integers(0, 2_000))
def test_small_limits_never_raise(raw, size):
    tight = Limits(
        mail_bytes=size, header_bytes=size, field_bytes=50, depth=1, parts=2, addresses=1
    )

    assert read(raw, tight) is not None


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS, st.binary(max_size=200))
def test_what_the_stdlib_writes_is_read_as_it_was_meant(subject, body, content):
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = "carl@customer.example"
    mail.set_content(f"{body} lamp", cte="base64")
    mail.add_attachment(content, maintype="application", subtype="pdf", filename="a.pdf")
    raw = mail.as_bytes(policy=email.policy.SMTP)

    letter = read(raw)

    assert letter.subject.split() == str(mail["subject"]).split()
    assert letter.text.split() == f"{body} lamp".split()
    assert [part.content for part in letter.parts] == [content]
