"""A real SMTP server that takes mail, refuses it, or breaks in the middle, as it is told."""

import asyncio
import base64
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers import free_port

CUT_BEFORE_END, CUT_BEFORE_ANSWER, SILENT = "cut before end", "cut before answer", "silent"


@dataclass
class Behaviour:
    """What it says to each recipient and to each mail; the default is to take it."""

    rcpt: dict[str, str] = field(default_factory=dict)
    mail_from: str = ""
    data: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, str, bytes]] = field(default_factory=list)
    dialogues: int = 0
    logins: list[bytes] = field(default_factory=list)
    slowness: float = 0.0


class Server(SMTP):
    """aiosmtpd that can hang up while it is being given a mail."""

    async def smtp_DATA(self, arg: str) -> None:
        recipient = self.envelope.rcpt_tos[0] if self.envelope.rcpt_tos else ""
        if self.event_handler.behaviour.data.get(recipient) == CUT_BEFORE_END:
            await self.push("354 Go ahead")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Handler:
    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):
        session.host_name = hostname
        self.behaviour.dialogues += 1
        return responses

    async def handle_MAIL(self, _server, _session, envelope, address, _options):
        if self.behaviour.mail_from and "+b." in address:
            return self.behaviour.mail_from
        envelope.mail_from = address
        return "250 OK"

    async def auth_XOAUTH2(self, _server, args):
        said = base64.b64decode(args[1])
        self.behaviour.logins.append(said)
        return AuthResult(success=b"Bearer good-token" in said, handled=False)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if answer := self.behaviour.rcpt.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):
        recipient = envelope.rcpt_tos[0]
        await asyncio.sleep(self.behaviour.slowness)
        answer = self.behaviour.data.get(recipient, "250 2.0.0 Queued as 4711")
        if answer == CUT_BEFORE_ANSWER:
            self._keep(envelope, recipient)
            server.transport.abort()
            return "250 never heard"
        if answer.startswith("250"):
            self._keep(envelope, recipient)
        return answer

    def _keep(self, envelope, recipient) -> None:
        self.behaviour.taken.append((envelope.mail_from, recipient, bytes(envelope.content)))


class Sink:
    """The server in a thread, on a free port of this machine."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, starttls=None, password="") -> None:
        self.behaviour = Behaviour()
        self._password = password.encode()
        kwargs = {"tls_context": starttls} if starttls else {}
        if password:
            kwargs |= {"authenticator": self._check, "auth_required": True}
            kwargs |= {"auth_require_tls": bool(starttls)}
        handler = Handler(self.behaviour)
        self._controller = Controller(
            handler, "127.0.0.1", free_port(), ssl_context=tls, server_hostname="sink"
        )
        self._controller.factory = lambda: Server(handler, hostname="sink", **kwargs)
        self._controller.start()
        self.port = self._controller.port

    def _check(self, _server, _session, _envelope, _mechanism, data) -> AuthResult:
        self.behaviour.logins.append(data.login)
        return AuthResult(success=data.password == self._password, handled=False)

    def stop(self) -> None:
        with suppress(Exception):
            self._controller.stop(no_assert=True)


def certificate_for(name: str, folder: Path) -> ssl.SSLContext:
    """A server's TLS for this name; `folder/ca.pem` is what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "ca.pem").write_bytes(pem)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "server.pem").write_bytes(private + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context
