"""A receiver on a real socket, and a shelf that stands for the database."""

import asyncio
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from answerable.channels.email.arrival import Arrival, Fate, Outcome, Unreachable
from answerable.channels.email.receivers.smtp import Receiver

from .dovecot import Dovecot

SUPPORT = "support@demo.example"
SALES = "sales@demo.example"


@dataclass
class Shelf:
    """Keeps mails in memory; the protocol is tested with it, durability elsewhere."""

    addresses: tuple[str, ...] = (SUPPORT, SALES, "grüße@demo.example")
    mails: list[Arrival] = field(default_factory=list)
    fates: dict[str, Fate] = field(default_factory=dict)
    is_away: bool = False
    delay: float = 0
    waiting: int = 0
    coming: int = 0

    async def takes(self, address: str) -> bool:
        if self.is_away:
            raise Unreachable
        return address.lower() in self.addresses

    async def some(self) -> tuple[str, ...]:
        return self.addresses[:2]

    async def put(self, arrival: Arrival) -> dict[str, Outcome]:
        await asyncio.sleep(self.delay)
        self.mails.append(arrival)
        pk = len(self.mails)
        return {to: Outcome(self.fates.get(to, Fate.STORED), pk) for to in arrival.recipients}


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
async def receiving(shelf):
    """Starts receivers with the wished options, and stops them after the test."""
    receivers = []

    async def start(**options):
        receiver = Receiver(store=shelf, directory=shelf, name="mail.demo.example", **options)
        await receiver.listen("127.0.0.1", 0)
        receivers.append(receiver)
        return receiver

    yield start
    for receiver in receivers:
        await receiver.stop()
    assert shelf.coming == 0


class Line:
    """A client that says exactly what it is told to."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def to(cls, receiver: Receiver, hello: str = "EHLO client.example") -> "Line":
        line = cls(*await asyncio.open_connection(*receiver.addresses[0]))
        await line.reply()
        if hello:
            await line.ask(hello)
        return line

    async def reply(self) -> str:
        """One reply, its lines joined; empty at the end of the connection."""
        lines = []
        async with asyncio.timeout(5):
            while text := (await self.reader.readline()).decode():
                lines.append(text.strip())
                if text[3:4] == " ":
                    break
        return " / ".join(lines)

    async def ask(self, *commands: str | bytes) -> str:
        """Send them all at once, and return the last reply."""
        encoded = [c if isinstance(c, bytes) else c.encode() + b"\r\n" for c in commands]
        self.writer.write(b"".join(encoded))
        replies = [await self.reply() for _ in commands]
        return replies[-1]

    async def send(self, content: bytes, *recipients: str) -> str:
        envelope = ["MAIL FROM:<carl@customer.example>"]
        envelope += [f"RCPT TO:<{to}>" for to in recipients or (SUPPORT,)]
        await self.ask(*envelope, "DATA")
        return await self.ask(content)


@pytest.fixture
def line_to():
    return Line.to


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A self-signed certificate and key for 127.0.0.1, as one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.demo.example")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path_factory.mktemp("tls") / "mail.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return pem


@pytest.fixture(scope="session")
def tls(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture(scope="session")
def trusting(certificate):
    """What a client that trusts our certificate uses; it asks for no name."""
    context = ssl.create_default_context(cafile=certificate)
    context.check_hostname = False
    return context


@pytest.fixture
def dovecot(certificate):
    """A real IMAP server with an empty mailbox."""
    server = Dovecot.start(certificate)
    yield server
    server.stop()
