"""Security codes of cards, which nobody may keep, not even encrypted (PCI DSS 3.3)."""

import re
from collections.abc import Iterable, Iterator, Sequence

from answerable.masking.secret import Secret

NEAR = 160
LINK = r"(?:\s{0,3}(?:code|number|nr|no|is|ist|est|es|:|=|#|-|\.|\()){0,6}\s{0,3}"
NAMED = re.compile(rf"\bc(?:v[vcn]|av)2?{LINK}([0-9]{{3,4}})(?![0-9])", re.IGNORECASE)
DESCRIBED = re.compile(
    r"\b(?:csc|cid|cv|security\s+(?:code|number)|verification\s+(?:code|number|value)"
    r"|card\s+code|(?:3|three)[- ]digits?(?:\s+code)?|prüf(?:ziffer|nummer|code)|sicherheitscode"
    r"|kartenprüfnummer|code\s+de\s+sécurité|cryptogramme(?:\s+visuel)?|código\s+de\s+seguran?[çc]a"
    r"|código\s+de\s+seguridad|codice\s+di\s+sicurezza|beveiligingscode|kod\s+bezpieczeństwa)"
    rf"{LINK}([0-9]{{3,4}})(?![0-9])",
    re.IGNORECASE,
)
EXPIRY = (
    r"(?:exp\w*|valid\w*|thru|until|bis)?[.: ]{0,3}(?:0?[1-9]|1[0-2])\s?[/.-]\s?(?:20)?[0-9]{2}"
)
UNNAMED = re.compile(
    rf"[\s,;|/-]{{1,4}}(?:{EXPIRY}[\s,;|/-]{{1,4}})?([0-9]{{3,4}})(?![\w/:.,-]{{0,9}}[0-9]|\w)",
    re.IGNORECASE,
)


class SecurityCodes:
    """Three or four digits called a security code, or standing right behind a card."""

    name = "security code"

    def find(self, text: str, before: Sequence[Secret]) -> Iterable[Secret]:
        for found in NAMED.finditer(text):
            yield Secret(*found.span(1))
        for card in before:
            yield from _near(text, card)

    def shown(self, _: Secret, sign: str) -> str:
        return sign * 3


def _near(text: str, card: Secret) -> Iterator[Secret]:
    start = max(0, card.start - NEAR)
    for found in DESCRIBED.finditer(text, start, card.end + NEAR):
        yield Secret(*found.span(1))
    if behind := UNNAMED.match(text, card.end):
        yield Secret(*behind.span(1))
