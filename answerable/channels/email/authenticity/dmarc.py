"""What the domain in From wants done with mail that cannot be shown to be its own (DMARC).

Which domains belong together is found by walking up the DNS (RFC 9989, 4.10), so that no list
of public suffixes need be shipped and kept fresh; docs/decisions/public-suffix.md says why.
"""

from dataclasses import dataclass

from answerable.channels.email.authenticity.lookups import Lookups

DEEPEST = 8
# Where companies register below a country: co.uk, com.au, or.jp. Nothing there is one company.
SHARED = {
    "ac", "asso", "co", "com", "ed", "edu", "firm", "gen", "go", "gob", "gouv", "gov", "gv", "id",
    "ind", "info", "lg", "ltd", "me", "med", "mil", "ne", "net", "nhs", "nom", "or", "org", "plc",
    "police", "presse", "pro", "sch", "school", "web",
}  # fmt: skip


@dataclass(frozen=True)
class Policy:
    """A domain's published wish, and how strictly it wants domains compared."""

    domain: str
    wanted: str = "none"
    below: str = ""
    strict_dkim: bool = False
    strict_spf: bool = False
    public: str = "u"

    def is_strict_about(self, method: str) -> bool:
        return self.strict_dkim if method == "dkim" else self.strict_spf

    def wanted_for(self, domain: str) -> str:
        return self.wanted if domain == self.domain else self.below or self.wanted


def policy_for(domain: str, lookups: Lookups) -> Policy | None:
    """The domain's own policy, or that of the organization above it."""
    found = _walk(domain, lookups)
    own = next((policy for policy in found if policy.domain == domain), None)
    top = organization(domain, lookups)
    above = (policy for policy in found if policy.domain == top or policy.public == "y")
    return own or next(above, None)


def organization(domain: str, lookups: Lookups) -> str:
    """The highest domain of the same owner, as far as the owner has said so."""
    found = [policy for policy in _walk(domain, lookups) if not is_shared(policy.domain)]
    for policy in found:
        if policy.public == "n":
            return policy.domain
        if policy.public == "y" and policy.domain != domain:
            return ".".join(domain.split(".")[-policy.domain.count(".") - 2 :])
    return found[-1].domain if found else domain


def is_aligned(domain: str, sender_domain: str, lookups: Lookups, *, strict: bool = False) -> bool:
    """Whether a proof for the domain speaks for the one in From."""
    if domain == sender_domain:
        return bool(domain)
    if strict or not domain or is_shared(domain):
        return False
    if policy_for(sender_domain, lookups) is None:
        # Nobody has said anything: whoever owns a domain owns what is below it.
        return sender_domain.endswith(f".{domain}")
    return organization(domain, lookups) == organization(sender_domain, lookups)


def is_shared(domain: str) -> bool:
    """A top-level domain, or a branch of a country's under which anybody registers."""
    labels = domain.split(".")
    return len(labels) < 2 or (len(labels) == 2 and len(labels[1]) == 2 and labels[0] in SHARED)


def _walk(domain: str, lookups: Lookups) -> list[Policy]:
    """Policies from the domain upwards, in at most eight questions."""
    labels = domain.split(".")
    names = [domain]
    rest = labels[-(DEEPEST - 1) :] if len(labels) > DEEPEST else labels[1:]
    names += [".".join(rest[at:]) for at in range(len(rest))]
    return [policy for name in names if (policy := _published(name, lookups))]


def _published(domain: str, lookups: Lookups) -> Policy | None:
    records = [each for each in lookups.txt(f"_dmarc.{domain}") if is_dmarc(each)]
    if len(records) != 1:
        return None
    tags = tags_of(records[0])
    wanted = _softened(tags.get("p", "none"), tags)
    return Policy(
        domain,
        wanted=wanted,
        below=_softened(tags["sp"], tags) if "sp" in tags else "",
        strict_dkim=tags.get("adkim") == "s",
        strict_spf=tags.get("aspf") == "s",
        public=tags.get("psd", "u"),
    )


def _softened(wanted: str, tags: dict[str, str]) -> str:
    """One step milder while the domain is only testing (t=y, in older records pct=0)."""
    if tags.get("t") == "y" or tags.get("pct") == "0":
        return {"reject": "quarantine"}.get(wanted, "none")
    return wanted if wanted in {"quarantine", "reject"} else "none"


def is_dmarc(text: str) -> bool:
    return text.partition(";")[0].replace(" ", "") == "v=DMARC1"


def tags_of(record: str) -> dict[str, str]:
    pairs = (each.partition("=") for each in record.split(";")[:50])
    return {name.strip().lower(): value.strip().lower() for name, _, value in pairs if name.strip()}
