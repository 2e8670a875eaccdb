"""The verb `take-in` on the command line."""

import argparse
import sys
import traceback
from typing import NoReturn

import django

USAGE, TRY_AGAIN = 64, 75


class Misused(Exception):
    """The command line cannot be understood."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Misused(f"{self.format_usage()}{message}")


def take_in(words: list[str]) -> int:
    """Mails from the files that are named, or from standard input."""
    try:
        asked = _parser().parse_args(words)
    except Misused as problem:
        sys.stderr.write(f"{problem}\n")
        return USAGE
    try:
        return _taken(asked)
    except Exception:  # noqa: BLE001 - any other status makes a mail server give the mail back
        traceback.print_exc()
        return TRY_AGAIN


def _taken(asked: argparse.Namespace) -> int:
    django.setup()
    # Models can be imported only now.
    from answerable.channels.email.receivers.pipe import Pipe, contents  # noqa: PLC0415

    pipe = Pipe(asked.inbox, wait=asked.wait, out=sys.stdout, errors=sys.stderr)
    return pipe.take(contents(asked.files, sys.stdin.buffer))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="answerable take-in", description="Takes in mails for an inbox.")
    parser.add_argument("--inbox", required=True, metavar="ADDRESS")
    parser.add_argument("--wait", action="store_true", help="until they are filed or refused")
    parser.add_argument("files", nargs="*", metavar="FILE")
    return parser
