"""New words, quoted words and signature told apart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    new: str
    quoted: str = ""
    signature: str = ""


def told_apart(text: str) -> Words:
    lines = text.split("\n")
    new = [line for line in lines if not line.startswith(">")]
    quoted = [line for line in lines if line.startswith(">")]
    return Words("\n".join(new).strip(), "\n".join(quoted))
