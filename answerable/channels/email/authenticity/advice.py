"""What a domain publishes for its mail, judged in words: MX, SPF, DKIM, DMARC.

Each finding says what is so, what it means, and what to do; the last in a form that can be
copied into the form of a domain registrar.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import dns.resolver
from django.utils.translation import gettext as _

from answerable.channels.email.authenticity.dmarc import is_dmarc, organization, tags_of
from answerable.channels.email.authenticity.lookups import Lookups, Unanswered
from answerable.channels.email.authenticity.spf import Spf, check_host
from answerable.channels.email.authenticity.spf_record import Invalid, is_spf, record_among

SECONDS = 6.0


class Grade(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing about a domain. `what_to_do` is empty where nothing is to be done."""

    grade: Grade
    title: str
    explanation: str
    what_to_do: str = ""


@dataclass(frozen=True)
class Expected:
    """What should be there for mail to flow through us."""

    mail_hosts: Collection[str] = ()
    sending_ips: Sequence[str] = ()
    spf_includes: Collection[str] = ()
    selector: str = ""
    dkim_record: str = field(default="")


def check_domain(
    domain: str, resolver: dns.resolver.Resolver, expected: Expected | None = None
) -> list[Finding]:
    """Everything about the domain's mail, in the order in which it should be mended."""
    domain = domain.strip().lower().rstrip(".")
    lookups = Lookups(resolver, SECONDS)
    wanted = expected or Expected()
    findings: list[Finding] = []
    for name, look in (("MX", _mx), ("SPF", _spf), ("DKIM", _dkim), ("DMARC", _dmarc)):
        try:
            findings += look(domain, lookups, wanted)
        except Unanswered:
            findings.append(_silent(name))
    return findings


def _silent(name: str) -> Finding:
    return Finding(
        Grade.WARN,
        _("%(record)s could not be looked up") % {"record": name},
        _("The name servers did not answer in time."),
        _("Try again in a few minutes."),
    )


def _mx(domain: str, lookups: Lookups, expected: Expected) -> Iterator[Finding]:
    hosts = lookups.mail_hosts(domain)
    if not any(hosts):
        yield Finding(
            Grade.BAD,
            _("No mail server is named (MX)"),
            _("Nobody can send mail to addresses at %(domain)s.") % {"domain": domain},
            _("Publish an MX record with the name of your mail server."),
        )
        return
    missing = {host.lower().rstrip(".") for host in expected.mail_hosts} - set(hosts)
    if missing:
        yield Finding(
            Grade.WARN,
            _("Mail goes to another server (MX)"),
            _("Mail for %(domain)s goes to %(hosts)s.") % _named(domain, hosts),
            _("If mail should come here directly, name %(hosts)s instead.")
            % _named(domain, sorted(missing)),
        )
        return
    words = _("Mail for %(domain)s goes to %(hosts)s.") % _named(domain, hosts)
    yield Finding(Grade.OK, _("Mail can arrive (MX)"), words)


def _spf(domain: str, lookups: Lookups, expected: Expected) -> Iterator[Finding]:
    records = [text for text in lookups.txt(domain) if is_spf(text)]
    suggestion = _suggested_spf(expected)
    if not records:
        yield Finding(
            Grade.BAD,
            _("Nothing says who may send (SPF)"),
            _("Many servers put mail of such a domain into the junk folder."),
            _("Publish this TXT record at %(domain)s: %(record)s")
            % {"domain": domain, "record": suggestion},
        )
        return
    if len(records) > 1:
        yield Finding(
            Grade.BAD,
            _("Two records say who may send (SPF)"),
            _("With more than one, none of them counts."),
            _("Join them into one."),
        )
        return
    yield from _about_spf(domain, records[0], lookups, expected)


def _about_spf(domain: str, text: str, lookups: Lookups, expected: Expected) -> Iterator[Finding]:
    results = {
        ip: check_host(ip, domain, sender=f"postmaster@{domain}", helo=domain, lookups=lookups)
        for ip in expected.sending_ips or ["192.0.2.1"]
    }
    if Spf.INVALID in results.values():
        yield Finding(
            Grade.BAD,
            _("The record of who may send cannot be followed (SPF)"),
            _("It has a mistake, or needs more than ten look-ups: %(record)s") % {"record": text},
            _("Remove what you no longer send with, and correct the rest."),
        )
        return
    if _lets_everybody(text):
        yield Finding(
            Grade.BAD,
            _("Everybody may send in your name (SPF)"),
            _("The record ends in +all, or in nothing that refuses: %(record)s") % {"record": text},
            _("End it with ~all or -all."),
        )
    refused = [ip for ip in expected.sending_ips if results[ip] != Spf.PASS]
    absent = [each for each in expected.spf_includes if f"include:{each}" not in text.lower()]
    if refused or absent:
        words = [*(f"ip{6 if ':' in ip else 4}:{ip}" for ip in refused)]
        words += [f"include:{each}" for each in absent]
        yield Finding(
            Grade.BAD,
            _("What we send is not allowed for (SPF)"),
            _("The record does not name the servers that we send with: %(record)s")
            % {"record": text},
            _("Add to it, before its end: %(words)s") % {"words": " ".join(words)},
        )
    elif not _lets_everybody(text):
        yield Finding(Grade.OK, _("It is said who may send (SPF)"), text)


def _dkim(domain: str, lookups: Lookups, expected: Expected) -> Iterator[Finding]:
    if not expected.selector:
        return
    name = f"{expected.selector}._domainkey.{domain}"
    texts = lookups.txt(name)
    publish = _("Publish this TXT record at %(name)s: %(record)s") % {
        "name": name,
        "record": expected.dkim_record,
    }
    key = tags_of_key(texts[0]).get("p", "") if texts else ""
    if not key:
        explanation = _("Receivers cannot check the signature under your mail.")
        yield Finding(
            Grade.BAD, _("The key of your signature is missing (DKIM)"), explanation, publish
        )
    elif expected.dkim_record and key != tags_of_key(expected.dkim_record).get("p"):
        explanation = _("The key at %(name)s is not the one that we sign with.") % {"name": name}
        yield Finding(Grade.BAD, _("Another key is published (DKIM)"), explanation, publish)
    else:
        explanation = _("Receivers find the key at %(name)s.") % {"name": name}
        yield Finding(Grade.OK, _("Your signature can be checked (DKIM)"), explanation)


def _dmarc(domain: str, lookups: Lookups, _expected: Expected) -> Iterator[Finding]:
    above = organization(domain, lookups)
    names = dict.fromkeys([domain, above])
    found = {name: [t for t in lookups.txt(f"_dmarc.{name}") if is_dmarc(t)] for name in names}
    records = found[domain] or found[above]
    suggestion = _("Publish this TXT record at _dmarc.%(domain)s: %(record)s") % {
        "domain": domain,
        "record": f"v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}",
    }
    if not records:
        explanation = _("Others can send mail in your name, and receivers cannot tell.")
        yield Finding(Grade.WARN, _("No wish is published (DMARC)"), explanation, suggestion)
    elif len(records) > 1:
        explanation = _("With more than one record, none of them counts.")
        yield Finding(Grade.BAD, _("Two wishes are published (DMARC)"), explanation, _("Keep one."))
    elif tags_of(records[0]).get("p", "none") == "none":
        explanation = _("Receivers are asked to do nothing about forged mail (p=none).")
        yield Finding(Grade.WARN, _("The wish is only to watch (DMARC)"), explanation, suggestion)
    else:
        yield Finding(Grade.OK, _("Forged mail is to be refused (DMARC)"), records[0])


def tags_of_key(record: str) -> dict[str, str]:
    """The tags of a key record; keys are case sensitive, other than DMARC's words."""
    pairs = (each.partition("=") for each in record.split(";"))
    return {name.strip(): "".join(value.split()) for name, _equals, value in pairs}


def _lets_everybody(text: str) -> bool:
    try:
        record = record_among([text])
    except Invalid:
        return False
    if record is None or record.redirect:
        return False
    final = next((term for term in record.terms if term.name == "all"), None)
    return final is None or final.qualifier == "+"


def _suggested_spf(expected: Expected) -> str:
    words = [f"ip{6 if ':' in ip else 4}:{ip}" for ip in expected.sending_ips]
    words += [f"include:{each}" for each in expected.spf_includes]
    return " ".join(["v=spf1", *words, "mx", "~all"])


def _named(domain: str, hosts: Collection[str]) -> dict[str, str]:
    return {"domain": domain, "hosts": ", ".join(hosts)}
