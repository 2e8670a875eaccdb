"""Addresses as MAIL and RCPT carry them."""

import re
from dataclasses import dataclass

LONGEST_LOCAL_PART = 64
LONGEST_ADDRESS = 254

_PATH = re.compile(r"\s*<(?P<path>(?:[^<>\"]|\"(?:[^\"\\]|\\.)*\")*)>(?P<rest>.*)", re.DOTALL)
_BARE = re.compile(r"\s*(?P<path>[^\s<>\"]+)(?P<rest>.*)", re.DOTALL)
_ROUTE = re.compile(r"@[^:,]+(?:,@[^:,]+)*:")  # RFC 5321, C: accepted and ignored
_ADDRESS = re.compile(r"(?P<local>\"(?:[^\"\\]|\\.)*\"|[^\s\"@]+)@(?P<domain>[^\s@\"<>]+)")
_PARAMETER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:=[\x21-\x3c\x3e-\U0010ffff]+)?")


class Malformed(Exception):
    """What came is no address or no parameter, in words."""


@dataclass(frozen=True)
class Path:
    """An address and the parameters that follow it."""

    address: str
    parameters: dict[str, str]


def path_of(argument: str, keyword: str) -> Path:
    """What follows `MAIL FROM:` or `RCPT TO:`. The address is empty for the null sender."""
    given, colon, rest = argument.partition(":")
    if given.strip().upper() != keyword or not colon:
        raise Malformed(f"expected {keyword}:<address>")
    found = _PATH.fullmatch(rest) or _BARE.fullmatch(rest)
    if found is None:
        raise Malformed(f"expected {keyword}:<address>")
    address = _ROUTE.sub("", found["path"].strip(), count=1)
    if address:
        _check(address)
    return Path(address, _parameters(found["rest"]))


def _check(address: str) -> None:
    found = _ADDRESS.fullmatch(address)
    if found is None or not address.isprintable():
        if address.lower() != "postmaster":
            raise Malformed("that is not an address")
        return
    if len(found["local"]) > LONGEST_LOCAL_PART or len(address) > LONGEST_ADDRESS:
        raise Malformed("that address is too long")


def _parameters(rest: str) -> dict[str, str]:
    parameters = {}
    for word in rest.split():
        if not _PARAMETER.fullmatch(word):
            raise Malformed("a parameter cannot be read")
        name, _, value = word.partition("=")
        parameters[name.upper()] = value
    return parameters
