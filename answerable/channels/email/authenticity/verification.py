"""From a raw mail and its envelope to a verdict about its sender.

who claims to have written it?   more than one: nobody can be believed
what do trusted servers say?     those the operator named, topmost fields only
own check                        SPF of the host, DKIM signatures, ARC seals
DMARC                            does a proof speak for the domain in From?
                                 if not, what does that domain want?
"""

import ipaddress
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import dns.resolver
from django.utils.translation import gettext as _

from answerable.channels.email.authenticity.dmarc import Policy, is_aligned, policy_for
from answerable.channels.email.authenticity.lookups import Lookups, Unanswered
from answerable.channels.email.authenticity.results import Result, Results, read_results, trusted
from answerable.channels.email.authenticity.signatures import Chain, Signature, chain, signatures
from answerable.channels.email.authenticity.spf import Spf, check_host
from answerable.channels.email.authenticity.verdict import Level, Verdict
from answerable.channels.email.reading.addresses import addresses, normal
from answerable.channels.email.reading.headers import split
from answerable.channels.email.reading.limits import Bench, Limits

SECONDS = 3.0
# A relay of the operator's own, in front of us.
INSIDE = [
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7")
]
PROOFS = {
    ("dmarc", "header.from"),
    ("dkim", "header.d"),
    ("spf", "smtp.mailfrom"),
    ("spf", "smtp.helo"),
}


def verify(
    raw: bytes,
    *,
    peer_ip: str,
    helo: str,
    mail_from: str,
    sender_email: str,
    resolver: dns.resolver.Resolver,
    trusted_authserv_ids: Collection[str] = (),
    authentication_results: Sequence[str] = (),
    seconds: float = SECONDS,
) -> Verdict:
    """How far the sender can be believed. Never raises, and asks the DNS for `seconds` at most.

    `peer_ip` is the host that handed the mail to us from outside, or empty when somebody else
    received it for us (a mailbox, a webhook, a relay in front). Authentication-Results are
    looked at only in that case: a stranger at our own door can have written them (T102).
    """
    envelope = Envelope(peer_ip, helo, mail_from)
    check = _Check(raw, envelope, sender_email, Lookups(resolver, seconds))
    try:
        if not _is_only_sender(raw, sender_email):
            return check.verdict(Level.UNVERIFIED, _("It does not name exactly one sender."))
        fields = () if envelope.is_from_outside else authentication_results
        found = trusted(raw, fields, trusted_authserv_ids)
        return check.believed(found) or check.own(trusted_authserv_ids)
    except Exception:  # noqa: BLE001  hostile bytes must cost a mail its proof, never its arrival
        return check.verdict(Level.UNVERIFIED, _("The sender could not be checked."))


@dataclass(frozen=True)
class Envelope:
    """How the mail came to us."""

    peer_ip: str
    helo: str
    mail_from: str

    @property
    def is_from_outside(self) -> bool:
        if not self.peer_ip:
            return False
        try:
            peer = ipaddress.ip_address(self.peer_ip)
        except ValueError:
            return True
        return not any(peer in network for network in INSIDE)

    @property
    def domain(self) -> str:
        return (self.mail_from.rpartition("@")[2] or self.helo).lower().rstrip(".")


@dataclass
class _Check:
    """One mail under examination, with what has been found so far."""

    raw: bytes
    envelope: Envelope
    sender_email: str
    lookups: Lookups
    spf: Spf = Spf.NONE
    dkim: list[Signature] = field(default_factory=list)
    arc: Chain = field(default_factory=Chain)
    dmarc: str = "none"
    policy: Policy | None = None
    decided_by: str = ""

    @property
    def domain(self) -> str:
        domain = self.sender_email.rpartition("@")[2].lower().rstrip(".")
        return domain if domain.isascii() else domain.encode("idna").decode()

    def verdict(self, level: Level, reason: str) -> Verdict:
        wanted = self.policy.wanted_for(self.domain) if self.policy else ""
        return Verdict(
            level, reason, self.spf, tuple(self.dkim), self.arc.result, self.dmarc, wanted,
            self.decided_by,
        )  # fmt: skip

    def believed(self, found: list[Results]) -> Verdict | None:
        """What servers that we trust have said, if they have said enough."""
        told = [result for each in found for result in each.results]
        if any(self._is_proof(each) for each in told):
            self.decided_by, self.dmarc = found[0].server, "pass"
            reason = _("%(server)s has confirmed that it comes from %(domain)s.")
            return self.verdict(Level.ALIGNED, reason % self._words())
        if any(each.method == "dmarc" and each.value == "fail" for each in told):
            self.decided_by = found[0].server
            return self._failed()
        return None

    def _is_proof(self, told: Result) -> bool:
        """It passed, and speaks for the sender's domain."""
        if told.value != "pass":
            return False
        for method, name in PROOFS:
            domain = told.of(name).rpartition("@")[2].rstrip(".")
            if told.method == method == "dmarc":
                return domain == self.domain
            if told.method == method and self._aligned(method, domain):
                return True
        return False

    def own(self, servers: Collection[str]) -> Verdict:
        """Our own check, dearest questions last."""
        if self._is_signed() or self._host_may_send():
            self.dmarc = "pass"
            reason = _("It is proved to come from %(domain)s.")
            return self.verdict(Level.ALIGNED, reason % self._words())
        if self._is_sealed_by(servers):
            reason = _("%(server)s passed it on and had seen that it comes from %(domain)s.")
            return self.verdict(Level.ALIGNED, reason % self._words())
        if self.spf == Spf.TRY_AGAIN or any(each.result == "temperror" for each in self.dkim):
            self.dmarc = "temperror"
            reason = _("The name servers of %(domain)s did not answer in time.")
            return self.verdict(Level.UNVERIFIED, reason % self._words())
        # Where somebody else received it, the host, which may have been a proof, is not known.
        return self._failed() if self.envelope.is_from_outside else self._unproven()

    def _is_signed(self) -> bool:
        for signature in signatures(self.raw, self.lookups):
            self.dkim.append(signature)
            if signature.result == "pass" and self._aligned("dkim", signature.domain):
                return True
        return False

    def _host_may_send(self) -> bool:
        if not self.envelope.is_from_outside:
            return False
        self.spf = check_host(
            self.envelope.peer_ip, self.envelope.domain, sender=self.envelope.mail_from,
            helo=self.envelope.helo, lookups=self.lookups,
        )  # fmt: skip
        return self.spf == Spf.PASS and self._aligned("spf", self.envelope.domain)

    def _is_sealed_by(self, servers: Collection[str]) -> bool:
        """The last who passed it on is one we trust, and had seen a proof (T102)."""
        self.arc = chain(self.raw, self.lookups)
        seen = read_results(self.arc.seen.partition(";")[2]) if self.arc.result == "pass" else None
        if seen is None or seen.server not in {server.lower() for server in servers}:
            return False
        if not is_aligned(self.arc.domain, seen.server, self.lookups):
            return False
        proved = any(self._is_proof(each) for each in seen.results)
        self.decided_by = seen.server if proved else ""
        return proved

    def _aligned(self, method: str, domain: str) -> bool:
        try:
            policy = policy_for(self.domain, self.lookups)
            strict = policy is not None and policy.is_strict_about(method)
            return is_aligned(domain, self.domain, self.lookups, strict=strict)
        except Unanswered:
            return bool(domain) and domain == self.domain

    def _failed(self) -> Verdict:
        """No proof: what does the domain want done?"""
        try:
            self.policy = policy_for(self.domain, self.lookups)
        except Unanswered:
            self.dmarc = "temperror"
            return self._unproven()
        self.dmarc = "fail" if self.policy else "none"
        if self.policy and self.policy.wanted_for(self.domain) != "none":
            reason = _("It claims to be from %(domain)s, which says that such mail is not its own.")
            return self.verdict(Level.FAILED, reason % self._words())
        return self._unproven()

    def _unproven(self) -> Verdict:
        reason = _("Nothing proves that it comes from %(domain)s.")
        return self.verdict(Level.UNVERIFIED, reason % self._words())

    def _words(self) -> dict[str, str]:
        return {"domain": self.domain, "server": self.decided_by}


def _is_only_sender(raw: bytes, sender_email: str) -> bool:
    """One From, one address in it, and the one that the rest of the program goes by (T098)."""
    bench = Bench(Limits())
    headers, _end = split(raw, 0, len(raw), bench)
    written_by = addresses(headers.raw_all("from"), bench, lax=True)
    named = [each.email for each in written_by]
    return headers.count("from") == 1 and named == [normal(sender_email)]
