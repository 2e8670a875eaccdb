"""Macros of SPF records (RFC 7208, 7): `%{ir}.%{v}._spf.%{d2}`."""

import ipaddress
import re
import time
from dataclasses import dataclass
from urllib.parse import quote

from answerable.channels.email.authenticity.spf_record import Invalid

MACRO = re.compile(r"%(?:\{([slodiphcrtv])([0-9]{0,3})(r?)([.\-+,/_=]*)\}|([%_-]))", re.IGNORECASE)
LITERALS = {"%": "%", "_": " ", "-": "%20"}


@dataclass(frozen=True)
class Facts:
    """What a macro can ask for."""

    address: ipaddress.IPv4Address | ipaddress.IPv6Address
    sender: str
    helo: str
    domain: str

    def value(self, letter: str) -> str:
        local_part, _, sender_domain = self.sender.rpartition("@")
        # p, the name of the host, is costly and discouraged; "unknown" is allowed for it.
        return {
            "s": self.sender, "l": local_part or "postmaster", "o": sender_domain,
            "d": self.domain, "i": self._dotted(), "p": "unknown", "h": self.helo,
            "v": "in-addr" if self.address.version == 4 else "ip6",
            "c": str(self.address), "r": "unknown", "t": str(int(time.time())),
        }[letter]  # fmt: skip

    def _dotted(self) -> str:
        if self.address.version == 4:
            return str(self.address)
        return ".".join(self.address.exploded.replace(":", ""))


def expanded(spec: str, facts: Facts) -> str:
    """The domain that is meant; its left part is cut where it would be too long."""
    text = MACRO.sub(lambda macro: _value(macro, facts), spec)
    if "%" in MACRO.sub("", spec):
        raise Invalid(spec)
    while len(text) > 253 and "." in text:
        text = text.partition(".")[2]
    return text


def _value(macro: re.Match[str], facts: Facts) -> str:
    letter, count, turned, parting, literal = macro.groups()
    if literal:
        return LITERALS[literal]
    if count and int(count) == 0:
        raise Invalid(macro.group())
    parts = re.split(f"[{re.escape(parting or '.')}]", facts.value(letter.lower()))
    if turned:
        parts.reverse()
    text = ".".join(parts[-int(count) :] if count else parts)
    return quote(text, safe="") if letter.isupper() else text
