"""DNS questions about one mail: asked once each, and all within one time."""

import time
from collections.abc import Callable

import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
import dns.reversename

LONGEST_ANSWER = 1.5  # seconds for one question
MOST = 120  # questions about one mail


class Unanswered(Exception):
    """The name servers did not answer, or the time was up; asking again may help."""


class Lookups:
    """What the DNS says. No such name and no such record are both an empty list."""

    def __init__(self, resolver: dns.resolver.Resolver, seconds: float = 3.0) -> None:
        self.resolver = resolver
        self.until = time.monotonic() + seconds
        self.answers: dict[tuple[str, str], list[str]] = {}

    @property
    def seconds_left(self) -> float:
        return self.until - time.monotonic()

    def txt(self, name: str) -> list[str]:
        return self._asked(name, "TXT", lambda row: b"".join(row.strings).decode("latin-1"))

    def addresses(self, name: str, version: int) -> list[str]:
        return self._asked(name, "AAAA" if version == 6 else "A", lambda row: row.address)

    def mail_hosts(self, name: str) -> list[str]:
        """Those that take mail, best first. A null MX (RFC 7505) is an empty name."""
        rows = self._asked(name, "MX", lambda row: f"{row.preference:05} {_plain(row.exchange)}")
        return [row.partition(" ")[2] for row in sorted(rows)]

    def names_of(self, ip: str) -> list[str]:
        name = dns.reversename.from_address(ip).to_text()
        return self._asked(name, "PTR", lambda row: _plain(row.target))

    def _asked(self, name: str, kind: str, told: Callable[..., str]) -> list[str]:
        question = (name.lower().rstrip("."), kind)
        if question not in self.answers:
            self.answers[question] = self._ask(*question, told)
        return self.answers[question]

    def _ask(self, name: str, kind: str, told: Callable[..., str]) -> list[str]:
        if self.seconds_left <= 0 or len(self.answers) >= MOST:
            raise Unanswered(name)
        try:
            absolute = dns.name.from_text(name)
        except (dns.exception.DNSException, UnicodeError, ValueError):
            return []
        try:
            lifetime = min(LONGEST_ANSWER, self.seconds_left)
            answer = self.resolver.resolve(absolute, kind, lifetime=lifetime, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as trouble:
            raise Unanswered(name) from trouble
        return [told(row) for row in answer]


def _plain(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower().strip(".")
