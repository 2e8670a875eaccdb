"""Files that old mailers write into the text, between `begin 644 name` and `end`."""

import re

from answerable.channels.email.reading.letter import Part
from answerable.channels.email.reading.names import clean_filename
from answerable.channels.email.reading.transfer import uu_lines

BEGIN = re.compile(r"begin(?:-base64)? [0-7]{3,4} (\S.{0,200})")
MOST = 50


def cut_out(text: str) -> tuple[str, list[Part]]:
    """The text without its encoded files, and the files."""
    if "begin " not in text:
        return text, []
    kept: list[str] = []
    files: list[Part] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        begin = BEGIN.fullmatch(lines[at].rstrip())
        end = _end(lines, at + 1) if begin and len(files) < MOST else None
        if not begin or end is None:
            kept.append(lines[at])
            at += 1
            continue
        body = [line.encode("ascii", "replace") for line in lines[at + 1 : end]]
        name = clean_filename(begin[1])
        files.append(Part(name, "application/octet-stream", uu_lines(body)))
        at = end + 1
    return "\n".join(kept), files


def _end(lines: list[str], at: int) -> int | None:
    """Where the file ends; None when these lines are no file."""
    for number in range(at, len(lines)):
        line = lines[number].rstrip("\r")
        if line.rstrip() == "end":
            return number if number > at else None
        if line and not _is_encoded(line):
            return None
    return None


def _is_encoded(line: str) -> bool:
    length = (ord(line[0]) - 32) & 63 if line.isascii() else -1
    return length >= 0 and len(line.rstrip()) <= (length + 2) // 3 * 4 + 3
