"""Lists of addresses, read the same way for display, for look-up and for proof.

Own reader, in one pass: Python's raises, hangs or loses every recipient on some
inputs, and reads others differently from one patch release to the next.
"""

import re
from ipaddress import ip_address

from answerable.channels.email.reading.encodedwords import plain
from answerable.channels.email.reading.headers import one_line
from answerable.channels.email.reading.letter import Address
from answerable.channels.email.reading.limits import Bench

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff\-]+"
LETTER = r"A-Za-z0-9_\u0080-\U0010ffff"
LABEL = rf"[{LETTER}](?:[{LETTER}\-]{{0,61}}[{LETTER}])?"
LOCAL = re.compile(rf"{ATOM}(?:\.{ATOM})*")
LAX_LOCAL = re.compile(rf"{ATOM}(?:\.+{ATOM})*\.*")  # docomo and au gave out a..b@ and a.@
QUOTED_LOCAL = re.compile(r'"(?:[^"\\\x00-\x1f\x7f]|\\[ -~])+"')
DOMAIN = re.compile(rf"{LABEL}(?:\.{LABEL})*\.?")
LITERAL = re.compile(r"\[(?:IPv6:[0-9a-fA-F:.]{2,45}|\d{1,3}(?:\.\d{1,3}){3})\]")
INVISIBLE = re.compile(
    r"[\u00ad\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd\U000e0000-\U000e007f\ud800-\udfff]"
)
PIECE = re.compile(r'=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]{0,500}\?=|[^"(<>,;:\\]+|.', re.DOTALL)
STRANGE = re.compile(r"[\[\]\\|\x00]")
NAME_LENGTH = 200


def is_address(email: str) -> bool:
    """Strictly an RFC 5321 mailbox: what can be mailed, and may say who somebody is."""
    local, at, domain = email.rpartition("@")
    if not at or len(email) > 254 or len(local.encode("utf-8", "replace")) > 64:
        return False
    if INVISIBLE.search(email) or any(c.isspace() for c in email if c != " "):
        return False
    if not (LOCAL.fullmatch(local) or QUOTED_LOCAL.fullmatch(local)):
        return False
    return _is_domain(domain)


def _is_domain(domain: str) -> bool:
    if domain.startswith("["):
        return bool(LITERAL.fullmatch(domain)) and _is_literal(domain[1:-1])
    return len(domain) <= 253 and not domain.endswith(".") and bool(DOMAIN.fullmatch(domain))


def _is_literal(inside: str) -> bool:
    try:
        ip_address(inside.removeprefix("IPv6:"))
    except ValueError:
        return False
    return True


def normal(email: str) -> str:
    """The domain in lower case; the part before @ belongs to the other side and stays."""
    local, _, domain = email.rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}"


def addresses(values: list[str], bench: Bench, *, lax: bool = False) -> tuple[Address, ...]:
    """Every address of these fields, in order, each once. `lax` keeps ill-formed senders."""
    found: dict[str, Address] = {}
    for value in values:
        for name, email in _Reader(value, bench.limits.addresses + 50).read():
            if len(found) >= bench.limits.addresses:
                bench.note(f"only the first {bench.limits.addresses} addresses are kept")
                return tuple(found.values())
            if is_address(email) or (lax and _is_mailed(email)):
                found.setdefault(normal(email).lower(), Address(_clean(name), normal(email)))
            elif email:
                bench.note(f"not an address: {one_line(email)[:80]}")
    return tuple(found.values())


def _is_mailed(email: str) -> bool:
    local, _, domain = email.rpartition("@")
    if len(local) > 64 or len(email) > 254:
        return False
    return bool(LAX_LOCAL.fullmatch(local)) and _is_domain(domain) and not INVISIBLE.search(email)


def _clean(name: str) -> str:
    name = INVISIBLE.sub("", one_line(plain(name))).strip(" ,;")
    if len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    return name[:NAME_LENGTH]


class _Reader:
    """Cuts a field into (name, address) pairs, unjudged; groups are opened. One pass."""

    def __init__(self, value: str, most: int) -> None:
        self.value, self.most = value, most
        self.found: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.comments: list[str] = []
        self.before = ""
        self.unclosed: set[str] = set()

    def read(self) -> list[tuple[str, str]]:
        at = 0
        while at < len(self.value) and len(self.found) <= self.most:
            sign = self.value[at]
            if sign in '"(<':
                at = self._enclosed(sign, at)
                continue
            match = PIECE.match(self.value, at)
            at = match.end() if match else at + 1
            self._open(match[0] if match else sign)
        self._end()
        return self.found

    def _open(self, piece: str) -> None:
        if piece in ",;":
            self._end(keep_name=piece == ",")
        elif piece == ":" and "@" not in "".join(self.words):
            self._forget()  # the name of a group
        else:
            self.words.append(piece)

    def _enclosed(self, sign: str, at: int) -> int:
        """Past a quoted string, a comment or <…>; an unclosed sign is nothing by itself."""
        end = -1 if sign in self.unclosed else self._closing(sign, at)
        if end < 0:
            self.unclosed.add(sign)
            if sign == "<":
                return self._without_end(at)
            return at + 1
        inside = self.value[at + 1 : end]
        if sign == "(":
            self.comments.append(inside)
        elif sign == "<":
            self._angle(inside)
        else:
            self._quoted(inside, end)
        return end + 1

    def _closing(self, sign: str, at: int) -> int:
        if sign == "<":
            return self.value.find(">", at)
        if sign == "(":
            return _end_of_comment(self.value, at)
        end = at + 1
        while end < len(self.value):
            if self.value[end] == "\\":
                end += 1
            elif self.value[end] == '"':
                return end
            end += 1
        return -1

    def _quoted(self, inside: str, end: int) -> None:
        if self.value[end + 1 : end + 2] == "@":
            self.words.append(f'"{inside}"')
        else:
            self.words.append(re.sub(r"\\(.)", r"\1", inside).replace("@", "\ufe6b"))

    def _without_end(self, at: int) -> int:
        stops = [i for i in (self.value.find(sign, at + 1) for sign in ",;") if i >= 0]
        end = min(stops, default=len(self.value))
        self._angle(self.value[at + 1 : end])
        return end

    def _angle(self, inside: str) -> None:
        name = "".join(self.words)
        if "@" in name and STRANGE.search(name):
            # Some read the part before the < as the address: then two claim to have written.
            self.found.append(("", _bare(STRANGE.split(name)[0])))
        name = ", ".join(part for part in (self.before, name.strip()) if part)
        self.found.append((name.replace("\ufe6b", "@"), _bare(_without_comments(inside))))
        self._forget()

    def _end(self, *, keep_name: bool = False) -> None:
        words = "".join(self.words).strip()
        comments = " ".join(self.comments)
        self._forget()
        if "@" in words:
            self.found.append((comments if "@" not in comments else "", _bare(words)))
        elif keep_name and words:
            self.before = words  # an unquoted comma in a name: Doe, Jane <jane@…>

    def _forget(self) -> None:
        self.words, self.comments, self.before = [], [], ""


def _end_of_comment(value: str, at: int) -> int:
    depth = 0
    for match in re.compile(r"\\.|[()]", re.DOTALL).finditer(value, at):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:
            return match.start()
    return -1


def _without_comments(value: str) -> str:
    out, depth = [], 0
    for piece in re.findall(r"[()]|[^()]+", value):
        depth = max(0, depth + {"(": 1, ")": -1}.get(piece, 0))
        if depth == 0 and piece != ")":
            out.append(piece)
    return "".join(out)


def _bare(email: str) -> str:
    """Without the white space and the source route that old syntax allows."""
    email = email.strip()
    if '"' not in email:
        email = re.sub(r"\s*([.@])\s*", r"\1", email)
    if email.startswith("@") and ":" in email:
        email = email.rpartition(":")[2]
    return email[7:] if email[:7].lower() == "mailto:" else email
