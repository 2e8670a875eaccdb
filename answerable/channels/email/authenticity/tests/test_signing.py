import dkim
import pytest

from answerable.channels.email.authenticity.signing import NotSigned, record_to_publish, sign

MAIL = b"From: help@desk.example\nTo: carl@customer.example\nSubject: Lamp\n\nShining.  \n\n\n"


def valid(raw, key):
    _, record = record_to_publish("desk.example", "s1", key)
    return dkim.verify(raw, dnsfunc=lambda *_, **__: record.encode())


def test_what_we_sign_is_valid_with_what_we_publish(key):
    assert valid(sign(MAIL, "desk.example", "s1", key), key)


def test_a_signed_mail_has_the_line_ends_that_travel(key):
    signed = sign(MAIL, "desk.example", "s1", key)

    assert signed.count(b"\n") == signed.count(b"\r\n")
    assert signed.endswith(MAIL.replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(
    "added", [b"From: eve@evil.example\r\n", b"Reply-To: eve@evil.example\r\n"]
)
def test_nothing_can_be_added_on_the_way(key, added):
    assert not valid(added + sign(MAIL, "desk.example", "s1", key), key)


@pytest.mark.parametrize("wrong", ["", "no key"])
def test_a_broken_key_is_named(wrong):
    with pytest.raises(NotSigned):
        sign(MAIL, "desk.example", "s1", wrong)
