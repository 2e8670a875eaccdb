"""The one way to an address that somebody typed in: resolved once, vetted, pinned, bounded.

name ─▶ resolve once ─▶ vet each address ─▶ connect to a vetted one ─▶ (TLS for the name)

Whatever is not on the public Internet is refused, unless the operator allows it
(ANSWERABLE_PRIVATE_HOSTS): else a page of settings is a way into the network behind it.
"""

import ipaddress
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")
CONNECT_SECONDS = 10.0


class NoWay(OSError):
    """There is no line to this place, in words that tell nothing about a network behind us."""


def vetted_socket(
    host: str, port: int, seconds: float = CONNECT_SECONDS, *, ports: frozenset[int] | None = None
) -> socket.socket:
    """A line to a vetted address of this host. Raises NoWay.

    `ports`, where it is given, are the only ones on hosts that the operator has not allowed.
    """
    until = time.monotonic() + seconds
    for address in vetted(host, port, ports):
        left = until - time.monotonic()
        if left <= 0:
            break
        with suppress(OSError):
            line = socket.create_connection((str(address), port), left)
            # Short lines of a dialogue do not wait for one another: 40 ms for each mail otherwise.
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return line
    raise NoWay(f"No server answered at {_shown(host)}, port {port}.")


def vetted(host: str, port: int, ports: frozenset[int] | None = None) -> list[Address]:
    """The addresses behind a name that may be connected to, four at most. Raises NoWay."""
    resolved = _resolved(host, port)
    allowed = [address for address in resolved if is_allowed(host, address)]
    public = [address for address in resolved if is_public(address)]
    if ports is not None and port not in ports:
        public = []
    good = list(dict.fromkeys([*allowed, *public]))[:4]
    if not good:
        # One answer for a name that is unknown, and for one that leads inside (T034).
        raise NoWay(f"No server was found at {_shown(host)}, port {port}.")
    return good


def is_public(address: Address) -> bool:
    """Whether it lies on the public Internet, also in its disguises (T030)."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour or address.teredo or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


def is_allowed(host: str, address: Address) -> bool:
    """Whether the operator allows what is not public: all, by name, by address or by network."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    for word in settings.PRIVATE_HOSTS:
        if word == "yes":
            # Where clouds keep the keys of a machine is no mail server of anybody's.
            if not (address.is_link_local or address.is_multicast or address.is_unspecified):
                return True
        elif word.casefold() == host.casefold() or _is_in(address, word):
            return True
    return False


@contextmanager
def within(line: socket.socket, seconds: float) -> Iterator[None]:
    """Cut the line when the time is over, however slowly the other side drips (T033).

    Raises NoWay then, unless the cut made itself felt as another OSError.
    """
    # A plain twin of the line, since TLS on it must not be disturbed.
    twin, over = socket.socket(fileno=os.dup(line.fileno())), threading.Event()
    cut = threading.Timer(seconds, _cut, [twin, over])
    cut.daemon = True
    cut.start()
    try:
        yield
        # What was read before the cut looks like a whole answer to those who read until the end.
        if over.is_set():
            raise NoWay("The server took too long.")
    finally:
        cut.cancel()
        twin.close()


def _cut(line: socket.socket, over: threading.Event) -> None:
    over.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _resolved(host: str, port: int) -> list[Address]:
    if not host or len(host) > 253 or any(c.isspace() or not c.isprintable() for c in host):
        raise NoWay("This is not the name of a server.")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as wrong:
        raise NoWay(f"No server was found at {_shown(host)}, port {port}.") from wrong
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    return [ipaddress.ip_address(address) for address in addresses]


def _is_in(address: Address, word: str) -> bool:
    try:
        return address in ipaddress.ip_network(word, strict=False)
    except ValueError:
        return False


def _shown(host: str) -> str:
    return "".join(c for c in host if c.isprintable())[:253]
