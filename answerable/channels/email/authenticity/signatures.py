"""DKIM signatures and ARC seals of a mail, through dkimpy with our own DNS.

dkimpy is given nothing that makes its regular expressions slow, and what it leaves to its
caller (a signed From, no SHA-1, no part of the body unsigned) is asked here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import dkim

from answerable.channels.email.authenticity.lookups import Lookups, Unanswered

MOST_SIGNATURES, MOST_SEALS = 6, 12
LONGEST_SIGNATURE, LONGEST_HEAD, MOST_FIELDS = 8_000, 256_000, 1_000
HEAD = re.compile(rb"(?:[^\r\n]+\r?\n)*+")
SIGNED = re.compile(
    rb"^(DKIM-Signature|ARC-Seal|ARC-Message-Signature)[ \t]*:((?:[^\n]|\n[ \t])*+)",
    re.IGNORECASE | re.MULTILINE,
)
LONG_GAP = re.compile(rb"\s{100}")
BLANKS = re.compile(rb"[\t ]++")


@dataclass(frozen=True)
class Signature:
    """One domain's signature under a mail: pass, fail, temperror or neutral (not usable)."""

    domain: str
    selector: str
    result: str


@dataclass(frozen=True)
class Chain:
    """What the last of those who passed a mail on saw, if all their seals hold (RFC 8617)."""

    result: str = "none"
    domain: str = ""
    seen: str = ""


def signatures(raw: bytes, lookups: Lookups) -> Iterator[Signature]:
    """Each signature, checked when it is asked for."""
    for index in range(min(MOST_SIGNATURES, _checkable(raw, b"dkim-signature"))):
        if lookups.seconds_left <= 0:
            return
        yield _checked(raw, index, lookups)


def chain(raw: bytes, lookups: Lookups) -> Chain:
    """The ARC chain. A mail that nobody sealed, or one who ended the chain, has none."""
    if b"\narc-" not in (b"\n" + _head(raw)).lower():
        return Chain()
    if not 0 < _checkable(raw, b"arc-seal") <= MOST_SEALS:
        return Chain("fail")
    answers = _Keys(lookups)
    try:
        result, seals, _ = _Arc(raw).verify(dnsfunc=answers)
    except Exception:  # noqa: BLE001  dkimpy lets many kinds through for a broken seal
        result, seals = dkim.CV_Fail, []
    if answers.unanswered and result != dkim.CV_Pass:
        return Chain("temperror")
    if result is None or result == dkim.CV_None:
        return Chain()
    if result != dkim.CV_Pass or not seals:
        return Chain("fail")
    return Chain("pass", _text(seals[0]["as-domain"]).lower(), _text(seals[0]["aar-value"]))


def _checked(raw: bytes, index: int, lookups: Lookups) -> Signature:
    answers = _Keys(lookups)
    domain, selector, result = b"", b"", "neutral"
    try:
        mail = _Dkim(raw)
        valid = mail.verify(index, dnsfunc=answers) and _covers_the_mail(mail)
        domain, selector, result = mail.domain, mail.selector, "pass" if valid else "fail"
    except dkim.ValidationError:
        result = "fail"
    except Exception:  # noqa: BLE001  dkimpy lets many kinds through for a broken signature
        result = "neutral"
    if answers.unanswered and result != "pass":
        result = "temperror"
    return Signature(_text(domain).lower(), _text(selector), result)


def _covers_the_mail(mail: dkim.DKIM) -> bool:
    """The sender and the whole body are signed, with a hash that cannot be forged (RFC 8301)."""
    fields = mail.signature_fields
    return b"from" in mail.include_headers and b"l" not in fields and b"sha1" not in fields[b"a"]


class _Linear:
    """dkimpy cuts blanks off lines in quadratic time; given single ones, it has little to cut."""

    body: bytes

    def verify_sig_process(self, sig: dict[bytes, bytes], *others: object) -> object:
        if sig.get(b"c", b"").endswith(b"/relaxed"):
            self.body = single_blanks(self.body)
        return super().verify_sig_process(sig, *others)  # type: ignore[misc]


class _Dkim(_Linear, dkim.DKIM):  # type: ignore[misc]
    pass


class _Arc(_Linear, dkim.ARC):  # type: ignore[misc]
    pass


class _Keys:
    """Finds keys for dkimpy, which asks in bytes, and remembers when nobody answered."""

    def __init__(self, lookups: Lookups) -> None:
        self.lookups = lookups
        self.unanswered = False

    def __call__(self, name: bytes | str, timeout: float = 0) -> bytes | None:  # noqa: ARG002
        try:
            records = self.lookups.txt(_text(name))
        except Unanswered:
            self.unanswered = True
            return None
        return records[0].encode("latin-1") if records else None


def _checkable(raw: bytes, name: bytes) -> int:
    """How many fields of this name there are; none if the head would take dkimpy too long."""
    head = _head(raw)
    if len(head) > LONGEST_HEAD or head.count(b"\n") > MOST_FIELDS:
        return 0
    found = SIGNED.findall(head)
    if any(len(value) > LONGEST_SIGNATURE or LONG_GAP.search(value) for _, value in found):
        return 0
    return sum(each.lower() == name for each, _ in found)


def _head(raw: bytes) -> bytes:
    found = HEAD.match(raw)
    return found.group() if found else b""


def single_blanks(body: bytes) -> bytes:
    """The same body to relaxed canonicalization."""
    return BLANKS.sub(b" ", body)


def _text(name: bytes | str) -> str:
    return name if isinstance(name, str) else name.decode("ascii", "replace")
