"""Which hosts may send for a domain (RFC 7208)."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from answerable.channels.email.authenticity.lookups import Lookups, Unanswered
from answerable.channels.email.authenticity.macros import Facts, expanded
from answerable.channels.email.authenticity.spf_record import (
    Invalid,
    Record,
    Term,
    record_among,
)

MOST_TERMS, MOST_VOID, MOST_NAMES = 10, 2, 10  # RFC 7208, 4.6.4


class Spf(StrEnum):
    """What a domain says about a host that sends in its name."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    SOFT_FAIL = "softfail"
    NEUTRAL = "neutral"
    NONE = "none"
    TRY_AGAIN = "temperror"
    INVALID = "permerror"


MEANING = {"+": Spf.PASS, "-": Spf.FAIL, "~": Spf.SOFT_FAIL, "?": Spf.NEUTRAL}


def check_host(ip: str, domain: str, *, sender: str, helo: str, lookups: Lookups) -> Spf:
    """May this host send for the domain?"""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return Spf.NONE
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    try:
        return _Evaluation(address, sender or f"postmaster@{domain}", helo, lookups).of(domain)
    except Unanswered:
        return Spf.TRY_AGAIN
    except Invalid:
        return Spf.INVALID


@dataclass
class _Evaluation:
    """One question, with what it has cost so far."""

    address: ipaddress.IPv4Address | ipaddress.IPv6Address
    sender: str
    helo: str
    lookups: Lookups
    terms: int = 0
    void: int = field(default=0)

    def of(self, domain: str) -> Spf:
        if not _is_domain(domain):
            return Spf.NONE
        record = record_among(self.lookups.txt(domain))
        if record is None:
            return Spf.NONE
        for term in record.terms:
            if self._matches(term, domain):
                return MEANING[term.qualifier]
        return self._redirected(record, domain)

    def _redirected(self, record: Record, domain: str) -> Spf:
        if not record.redirect:
            return Spf.NEUTRAL
        self._count()
        result = self.of(self._target(record.redirect, domain))
        if result == Spf.NONE:
            raise Invalid(record.redirect)
        return result

    def _matches(self, term: Term, domain: str) -> bool:
        if term.name == "all":
            return True
        if term.name in {"ip4", "ip6"}:
            return term.network is not None and self.address in term.network
        self._count()
        target = self._target(term.domain, domain) if term.domain else domain
        if term.name == "include":
            return self._included(target)
        if term.name == "exists":
            return bool(self._asked(self.lookups.addresses(target, 4)))
        return any(self._is_within(name, term) for name in self._hosts(term.name, target))

    def _included(self, target: str) -> bool:
        result = self.of(target)
        if result == Spf.NONE:
            raise Invalid(target)
        return result == Spf.PASS

    def _hosts(self, mechanism: str, target: str) -> Iterator[str]:
        if mechanism == "a":
            yield target
        elif mechanism == "mx":
            hosts = self._asked(self.lookups.mail_hosts(target))
            if len(hosts) > MOST_NAMES:
                raise Invalid(target)
            yield from hosts
        else:
            names = self._asked(self.lookups.names_of(str(self.address)))[:MOST_NAMES]
            yield from (n for n in names if n == target or n.endswith(f".{target}"))

    def _is_within(self, name: str, term: Term) -> bool:
        prefix = term.prefix4 if self.address.version == 4 else term.prefix6
        return any(
            self.address in ipaddress.ip_network(f"{each}/{prefix}", strict=False)
            for each in self._asked(self.lookups.addresses(name, self.address.version))
        )

    def _target(self, spec: str, domain: str) -> str:
        facts = Facts(self.address, self.sender, self.helo, domain)
        return expanded(spec, facts).rstrip(".")

    def _asked(self, answers: list[str]) -> list[str]:
        self.void += not answers
        if self.void > MOST_VOID:
            raise Invalid("too many questions without an answer")
        return answers

    def _count(self) -> None:
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise Invalid("too many look-ups")


def _is_domain(domain: str) -> bool:
    labels = domain.rstrip(".").split(".")
    return len(domain) <= 253 and len(labels) > 1 and all(0 < len(each) <= 63 for each in labels)
