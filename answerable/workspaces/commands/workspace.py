"""answerable workspace create SLUG --name NAME --owner EMAIL; answerable workspace list"""

import argparse
import sys

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction

from answerable.workspaces.commands.people import (
    Trouble,
    let_in,
    password_of,
    role_of,
    takes_password,
)
from answerable.workspaces.models import Workspace

# What sysexits.h calls what cannot be used as it was given.
DATAERR = 65


def workspace(words: list[str]) -> int:
    """Companies on this installation."""
    options = _parser().parse_args(words)
    try:
        options.act(options)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return DATAERR
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("answerable workspace", description=workspace.__doc__)
    acts = parser.add_subparsers(required=True, metavar="create|list")
    create = acts.add_parser("create", help="a new workspace and its owner")
    create.add_argument("slug", help="its part of the address: /w/SLUG/")
    create.add_argument("--name", required=True, help="the name people see")
    create.add_argument("--owner", required=True, metavar="EMAIL")
    create.add_argument("--owner-name", default="", metavar="NAME")
    create.add_argument("--language", default="en")
    create.add_argument("--time-zone", default="UTC")
    takes_password(create)
    create.set_defaults(act=_create)
    acts.add_parser("list", help="all workspaces").set_defaults(act=_list)
    return parser


def _create(options: argparse.Namespace) -> None:
    try:
        validate_slug(options.slug)
    except ValidationError:
        raise Trouble(f"{options.slug} is no address: letters, numbers and hyphens.") from None
    if Workspace.objects.filter(slug=options.slug).exists():
        raise Trouble(f"There is a workspace {options.slug} already.")
    password = password_of(options)
    with transaction.atomic():
        more = {"language": options.language, "time_zone": options.time_zone}
        started = Workspace.start(options.slug, options.name, **more)
        said = let_in(options.owner, role_of(started, "owner"), options.owner_name, password)
    sys.stdout.write(f"{said}\n")


def _list(_options: argparse.Namespace) -> None:
    for found in Workspace.objects.order_by("slug"):
        members = found.members.filter(active=True).count()
        sys.stdout.write(f"{found.slug}\t{found.name}\t{members} members\n")
