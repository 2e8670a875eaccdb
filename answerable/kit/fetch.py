"""Asking another program over HTTPS, over a vetted line: no redirects, little time, few bytes."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson
from django.conf import settings

from answerable.kit.web import NoWay, vetted_socket, within

SECONDS = 10.0
MOST_BYTES = 2_000_000
WEB_PORTS = frozenset({80, 443, 8443})


@dataclass(frozen=True)
class Answer:
    """What the other side said."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        return orjson.loads(self.body)


class Line(http.client.HTTPConnection):
    """HTTP over a line that was vetted, and TLS for the name that was typed."""

    def __init__(self, host: str, port: int, *, secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._secure = secure

    def connect(self) -> None:
        self.sock = vetted_socket(self.host, self.port, SECONDS, ports=WEB_PORTS)

    def secure(self) -> None:
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def ask(
    method: str,
    address: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    most: int = MOST_BYTES,
) -> Answer:
    """The answer of an address that somebody typed in. Raises NoWay, in words."""
    line, path = _line_to(address)
    line.connect()
    try:
        with within(line.sock, seconds):
            line.secure()
            # No compression: what is asked for is small, and a bomb has nothing to unpack.
            given = {"Accept-Encoding": "identity", "Connection": "close", **(headers or {})}
            line.request(method, path, body or None, given)
            response = line.getresponse()
            content = response.read(most + 1)
            if len(content) > most:
                raise NoWay("The answer was too long.")
            return Answer(response.status, dict(response.getheaders()), content)
    except ssl.SSLError as wrong:
        raise NoWay("The certificate of the server does not hold for its name.") from wrong
    except (OSError, http.client.HTTPException) as wrong:
        raise wrong if isinstance(wrong, NoWay) else NoWay("The server gave no answer.") from wrong
    finally:
        line.close()


def post_form(address: str, form: Mapping[str, str]) -> Any:
    """The JSON with which an address answers a form. Raises NoWay."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    answer = ask("POST", address, body=urlencode(form).encode(), headers=headers)
    if not answer.is_good:
        raise NoWay(f"The server answered {answer.status}.")
    try:
        return answer.json()
    except orjson.JSONDecodeError as wrong:
        raise NoWay("The server's answer cannot be read.") from wrong


def _line_to(address: str) -> tuple[Line, str]:
    """Where an address leads. Raises NoWay for all that is not plain HTTPS to a server."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as wrong:
        raise NoWay("This is not an address.") from wrong
    secure = parts.scheme == "https"
    if not host or parts.username or parts.scheme not in {"https", "http"}:
        raise NoWay("This is not an address of the form https://…")
    if not secure and not settings.PRIVATE_HOSTS:
        raise NoWay("Only addresses that begin with https:// are asked.")
    if host == urlsplit(settings.SITE_URL).hostname and not settings.PRIVATE_HOSTS:
        raise NoWay("This is our own address.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii() or any(ord(c) < 33 for c in path):
        raise NoWay("This is not an address.")
    return Line(host, port or (443 if secure else 80), secure=secure), path
