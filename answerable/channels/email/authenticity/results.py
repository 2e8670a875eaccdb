"""What servers that we trust have found out already (RFC 8601).

Everybody can write this field. It counts only where a server that the operator has named put it,
above everything that the mail brought along; a server that is named must remove others' fields
with its own name, as RFC 8601 section 5 demands.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

LONGEST = 20_000
PIECE = re.compile(r'"((?:[^"\\]|\\.)*+)"|([()])|(;)|([^\s"();]+)|\s+|.', re.DOTALL)
METHOD = re.compile(r"([a-z0-9-]+)(?:/[0-9]+)?=([a-z]+)", re.IGNORECASE)
FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:", re.MULTILINE)


@dataclass(frozen=True)
class Result:
    """One method's answer: dkim=pass header.d=shop.example."""

    method: str
    value: str
    properties: tuple[tuple[str, str], ...] = ()

    def of(self, name: str) -> str:
        return next((value for key, value in self.properties if key == name), "")


@dataclass(frozen=True)
class Results:
    """One field: whose it is, and what it says."""

    server: str
    results: tuple[Result, ...] = ()


def trusted(raw: bytes, fields: Sequence[str], servers: Collection[str]) -> list[Results]:
    """The topmost fields, as long as they are of servers that we trust."""
    ours = {server.lower() for server in servers}
    result = []
    for field in fields[: _above_the_border(raw)]:
        read = read_results(field)
        if read is None or read.server not in ours:
            break
        result.append(read)
    return result


def read_results(field: str) -> Results | None:
    """The field in parts; comments, which anybody may fill, are left out."""
    server, *parts = _parts(field[:LONGEST])
    if not server:
        return None
    results = [_result(words) for words in parts]
    return Results(server[0].lower(), tuple(each for each in results if each))


def _above_the_border(raw: bytes) -> int:
    """How many there are before a Received line follows: what is below came along."""
    count = 0
    end = re.search(rb"\r?\n\r?\n", raw)
    for name in FIELD.findall(raw[: end.start() if end else len(raw)]):
        count += name.lower() == b"authentication-results"
        if count and name.lower() == b"received":
            break
    return count


def _parts(field: str) -> list[list[str]]:
    """Words between semicolons. A quoted string is part of the word that it touches."""
    parts: list[list[str]] = [[""]]
    depth = 0
    for quoted, bracket, semicolon, word in PIECE.findall(field):
        if bracket:
            depth = max(0, depth + (1 if bracket == "(" else -1))
        elif depth:
            continue
        elif semicolon:
            parts.append([""])
        elif quoted or word:
            parts[-1][-1] += quoted or word
        else:
            parts[-1].append("")
    return [[word for word in part if word] for part in parts]


def _result(words: list[str]) -> Result | None:
    found = METHOD.fullmatch(words[0]) if words else None
    if found is None:
        return None
    pairs = [word.partition("=") for word in words[1:]]
    properties = tuple((name.lower(), value.lower()) for name, equals, value in pairs if equals)
    return Result(found[1].lower(), found[2].lower(), properties)
