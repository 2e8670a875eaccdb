"""Our own signature under what we send, and what the domain publishes for it (RFC 6376)."""

import base64

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from answerable.channels.email.authenticity.signatures import single_blanks

BITS = 2048  # more does not fit into one DNS string, less is not safe for long
# Named once more than they occur, From above all, so that none can be added on the way.
SIGNED_ONCE_MORE = [b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to"]
SIGNED = {
    *SIGNED_ONCE_MORE, b"in-reply-to", b"references", b"mime-version", b"content-type",
    b"content-transfer-encoding", b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted",
}  # fmt: skip


class NotSigned(Exception):
    """The mail or the key cannot be used; what is wrong stands in the message."""


def new_key() -> str:
    """A private key in PEM, to be kept as a secret."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    ).decode()


def public_half(private_key_pem: str) -> str:
    """The half that everybody may see, as it is published."""
    key = serialization.load_pem_private_key(private_key_pem.encode(), password=None)
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(public).decode()


def record_to_publish(domain: str, selector: str, private_key_pem: str) -> tuple[str, str]:
    """The name and the text of the TXT record."""
    return (
        f"{selector}._domainkey.{domain}",
        f"v=DKIM1; k=rsa; p={public_half(private_key_pem)}",
    )


def sign(raw: bytes, domain: str, selector: str, private_key_pem: str) -> bytes:
    """The mail with our signature on top, its line ends as they travel. Raises NotSigned."""
    mail = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    try:
        signer = dkim.DKIM(mail)
        signer.body = single_blanks(signer.body)
        present = [name.lower() for name, _ in signer.headers if name.lower() in SIGNED]
        signature = signer.sign(
            selector.encode(),
            domain.encode("idna"),
            private_key_pem.encode(),
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[*present, *SIGNED_ONCE_MORE],
        )
    except (dkim.DKIMException, UnicodeError, ValueError, TypeError) as wrong:
        raise NotSigned(str(wrong)) from wrong
    return bytes(signature) + mail
