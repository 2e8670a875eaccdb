import base64
import email
import quopri
import time
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.masking import mask_mail

CARD = b"4242 4242 4242 4242"
PLAIN = b"From: carl@customer.example\r\nSubject: Lamp\r\n\r\nPlease take 4242424242424242.\r\n"


def read(raw):
    return email.message_from_bytes(raw, policy=default)


def test_a_plain_mail_is_masked_and_the_rest_stays_byte_for_byte():
    masked, count = mask_mail(PLAIN)

    assert masked == PLAIN.replace(b"4242424242424242", "•••• •••• •••• 4242".encode())
    assert count == 1


def test_a_mail_without_a_secret_keeps_every_byte():
    raw = PLAIN.replace(b"4242424242424242", b"1234\xff\x00")

    assert mask_mail(raw) == (raw, 0)


@pytest.mark.parametrize(
    "charset", ["us-ascii", "utf-8", "iso-8859-1", "utf-16", "nonsense", "zlib"]
)
@pytest.mark.parametrize("coding", ["base64", "quoted-printable", "8bit"])
def test_a_text_part_is_masked_in_each_coding(coding, charset):
    spoken = charset if charset in {"utf-16", "utf-8"} else "ascii"
    text = "My card:\r\n4242 4242 4242 4242\r\nThanks".encode(spoken)
    body = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}
    coded = body.get(coding, bytes)(text)
    head = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {coding}"

    masked, count = mask_mail(head.encode() + b"\r\n\r\n" + coded)

    payload = read(masked).get_payload(decode=True)
    assert count == 1
    assert "4242 4242" not in payload.decode(spoken, "replace")
    assert "Thanks".encode(spoken).removeprefix(b"\xff\xfe") in payload


MANY = b"""From: carl@customer.example
Content-Type: multipart/mixed; boundary="=_a b"

preamble 4242424242424242
--=_a b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>4242 =
<b>4242</b> 4242=C2=A04242</p>
--=_a b
Content-Type: application/pdf; name="4242-4242-4242-4242.pdf"
Content-Disposition: attachment; filename*=utf-8''4242%204242%204242%204242.pdf
Content-Transfer-Encoding: base64

NDI0MjQyNDI0MjQyNDI0Mg==
--=_a b
Content-Type: message/rfc822

Subject: inner 4242424242424242

4242424242424242
--=_a b--
"""


def test_every_text_of_a_mail_of_many_parts_is_masked():
    masked, count = mask_mail(MANY)

    assert count == 6
    assert b"4242424242424242" not in masked
    assert b"NDI0MjQyNDI0MjQyNDI0Mg==" in masked
    assert [part.get_content_type() for part in read(masked).walk()] == [
        part.get_content_type() for part in read(MANY).walk()
    ]


@pytest.mark.parametrize(
    "subject",
    [
        b"card 4242424242424242",
        b"card 4242 4242\r\n 4242 4242",
        b"=?utf-8?q?card_4242_4242_4242?=\r\n =?utf-8?q?_4242?=",
        b"=?utf-8?b?" + base64.b64encode(b"card 4242424242424242") + b"?=",
    ],
)
def test_a_subject_is_masked(subject):
    masked, count = mask_mail(b"Subject: " + subject + b"\r\nTo: a@b.example\r\n\r\nhello")

    assert count == 1
    assert "4242 4242" not in read(masked)["subject"].replace("4242424242424242", "4242 4242")
    assert read(masked)["to"] == "a@b.example"


def test_an_identifier_that_looks_like_a_card_stays():
    raw = b"Message-ID: <4242424242424242@x.example>\nReferences: <4242424242424242@x>\n\nhello"

    assert mask_mail(raw) == (raw, 0)


def test_a_mail_of_a_thousand_boxes_in_boxes_is_masked_too():
    box = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(999)
    )

    _, count = mask_mail(box + b"\n4242424242424242")

    assert count == 1


SHARDS = [
    b"\n", b"\r\n", b"--b", b"--b--", b"Content-Type: multipart/mixed; boundary=b\n", b":", b" ",
    b"Content-Type: text/html\n", b"Content-Transfer-Encoding: base64\n", b"NDI0MjQy", b"&#52",
    b"Content-Type: message/rfc822\n", b"4242424242424242", b"\xff\xfe", b"=", b"=3", b"<b>",
    b"charset=utf-7;", b"filename*=utf-8''%34%", b"Subject: ", b"=?utf-8?q?",
]  # fmt: skip


@given(st.lists(st.sampled_from(SHARDS), max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_mail_makes_it_fail(pieces):
    masked, count = mask_mail(b"".join(pieces))

    assert count or masked == b"".join(pieces)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(raw):
    mask_mail(raw)


HOSTILE = {
    "parameters": b"X: " + b"*=%" * 300_000,
    "encoded words": b"Subject: " + b"=?a?q?" * 150_000,
    "boundaries": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 200_000,
    "long scripts": "Привет é ４２ ".encode() * 50_000,
    "soft breaks": b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=\n" * 400_000,
    "blank fields": b"A:" + b"\n " * 400_000,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_mail_costs_time_in_proportion(raw):
    began = time.process_time()

    mask_mail(raw)

    assert time.process_time() - began < 2
