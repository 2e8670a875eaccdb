"""S/MIME in one block, signed here with a key made for the test."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from answerable.channels.email.reading import read
from answerable.channels.email.tests.shelf import HEAD, mail

INNER = b"Content-Type: text/plain; charset=utf-8\r\n\r\nSigned words.\r\n"


@pytest.fixture(scope="module")
def block() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Carl")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder(INNER).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])


def read_block(block: bytes):
    head = "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    encoding = "Content-Transfer-Encoding: base64"
    return read(mail(*HEAD, head, encoding, "", base64.encodebytes(block).decode()))


def test_words_signed_in_one_block_are_read_and_the_block_is_kept(block):
    letter = read_block(block)

    assert letter.new_text == "Signed words."
    assert letter.is_signed
    assert not letter.is_encrypted
    assert letter.parts[0].content == block


def test_a_streamed_block_of_open_lengths_is_read():
    pieces = b"".join(b"\x04" + bytes([len(part)]) + part for part in (INNER[:20], INNER[20:]))
    data = b"\xa0\x80\x24\x80" + pieces + b"\0" * 4
    signed = b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + b"\xa0\x80\x30\x80"
    signed += b"\x30\x80" + bytes.fromhex("06092a864886f70d010701") + data

    assert read_block(signed).new_text == "Signed words."


def test_a_cut_block_is_kept_closed(block):
    for length in range(0, len(block), 11):
        letter = read_block(block[:length])

        assert not any("could not be read" in problem for problem in letter.problems)
