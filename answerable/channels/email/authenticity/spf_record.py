"""An SPF record, read (RFC 7208, 4.6 and 12)."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

TERM = re.compile(r"([+?~-]?)([a-z][a-z0-9]*)([:/].*)?", re.IGNORECASE | re.DOTALL)
MODIFIER = re.compile(r"([a-z][a-z0-9_.-]*)=(.*)", re.IGNORECASE | re.DOTALL)
PREFIXES = re.compile(r"(.*?)(?:/([0-9]{1,3}))?(?://([0-9]{1,3}))?", re.DOTALL)
NEED_DOMAIN, MAY_HAVE_DOMAIN = {"include", "exists"}, {"a", "mx", "ptr"}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Invalid(ValueError):
    """The record cannot be followed; its domain should mend it (permerror)."""


@dataclass(frozen=True)
class Term:
    """One sentence of a record: whom it is about, and what it says of them."""

    qualifier: str
    name: str
    domain: str = ""
    prefix4: int = 32
    prefix6: int = 128
    network: Network | None = None


@dataclass(frozen=True)
class Record:
    """All of a record, in order."""

    terms: tuple[Term, ...]
    redirect: str = ""


def is_spf(text: str) -> bool:
    return text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")


def record_among(texts: Iterable[str]) -> Record | None:
    """The record among a domain's texts. Two of them are as good as none that can be used."""
    records = [text for text in texts if is_spf(text)]
    if len(records) > 1:
        raise Invalid("more than one record")
    return _record(records[0]) if records else None


def _record(text: str) -> Record:
    terms, modifiers = [], {}
    for word in text.split(" ")[1:]:
        if modifier := MODIFIER.fullmatch(word):
            name = modifier[1].lower()
            if name in modifiers and name in {"redirect", "exp"}:
                raise Invalid(word)
            modifiers[name] = modifier[2]
        elif word:
            terms.append(_term(word))
    if modifiers.get("redirect") == "":
        raise Invalid("redirect")
    return Record(tuple(terms), modifiers.get("redirect", ""))


def _term(word: str) -> Term:
    found = TERM.fullmatch(word)
    if found is None:
        raise Invalid(word)
    qualifier, name, rest = found[1] or "+", found[2].lower(), found[3] or ""
    if name == "all" and not rest:
        return Term(qualifier, name)
    if name in {"ip4", "ip6"}:
        return Term(qualifier, name, network=_network(name, rest))
    if name not in NEED_DOMAIN | MAY_HAVE_DOMAIN:
        raise Invalid(word)
    return _about_domain(qualifier, name, rest)


def _about_domain(qualifier: str, name: str, rest: str) -> Term:
    prefixes = PREFIXES.fullmatch(rest)
    if prefixes is None or name not in {"a", "mx"}:
        domain, prefix4, prefix6 = rest, 32, 128
    else:
        domain = prefixes[1]
        prefix4, prefix6 = int(prefixes[2] or 32), int(prefixes[3] or 128)
    if domain and (not domain.startswith(":") or len(domain) == 1):
        raise Invalid(rest)
    if prefix4 > 32 or prefix6 > 128 or (name in NEED_DOMAIN and not domain):
        raise Invalid(rest)
    return Term(qualifier, name, domain[1:], prefix4, prefix6)


def _network(name: str, rest: str) -> Network:
    kind = ipaddress.IPv4Network if name == "ip4" else ipaddress.IPv6Network
    if not rest.startswith(":"):
        raise Invalid(rest)
    try:
        return kind(rest[1:], strict=False)
    except ValueError as wrong:
        raise Invalid(rest) from wrong
