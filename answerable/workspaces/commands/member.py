"""answerable member add|list|deactivate|activate SLUG …; answerable member link EMAIL"""

import argparse
import sys

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from answerable.workspaces.commands.people import (
    Trouble,
    let_in,
    password_of,
    role_of,
    takes_password,
    workspace_of,
)
from answerable.workspaces.commands.workspace import DATAERR
from answerable.workspaces.letters import site
from answerable.workspaces.models import Member, User
from answerable.workspaces.refused import Refused


def member(words: list[str]) -> int:
    """People who work in a workspace."""
    options = _parser().parse_args(words)
    try:
        options.act(options)
    except (Trouble, Refused) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return DATAERR
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("answerable member", description=member.__doc__)
    acts = parser.add_subparsers(required=True, metavar="add|list|deactivate|activate|link")
    add = acts.add_parser("add", help="let somebody in")
    add.add_argument("workspace", metavar="SLUG")
    add.add_argument("email")
    add.add_argument("--role", default="agent")
    add.add_argument("--name", default="", help="what customers see")
    takes_password(add)
    add.set_defaults(act=_add)
    listed = acts.add_parser("list", help="who works there")
    listed.add_argument("workspace", metavar="SLUG")
    listed.set_defaults(act=_list)
    for name, act, words in [
        ("deactivate", Member.deactivate, "out at once, everywhere"),
        ("activate", Member.activate, "in again"),
    ]:
        one = acts.add_parser(name, help=words)
        one.add_argument("workspace", metavar="SLUG")
        one.add_argument("email")
        one.set_defaults(act=_change, verb=act, said=words)
    link = acts.add_parser("link", help="a link to choose a new password, for one hour")
    link.add_argument("email")
    link.set_defaults(act=_link)
    return parser


def _add(options: argparse.Namespace) -> None:
    role = role_of(workspace_of(options.workspace), options.role)
    known = User.of_address(options.email)
    password = "" if known else password_of(options)
    sys.stdout.write(f"{let_in(options.email, role, options.name, password)}\n")


def _list(options: argparse.Namespace) -> None:
    members = workspace_of(options.workspace).members.select_related("user", "role")
    for found in members.order_by("pk"):
        state = "" if found.active else "\tdeactivated"
        line = f"{found.user.email}\t{found.role.key}\t{found.display_name}{state}\n"
        sys.stdout.write(line)


def _change(options: argparse.Namespace) -> None:
    members = workspace_of(options.workspace).members
    found = members.filter(user__email=options.email.strip().lower()).first()
    if found is None:
        raise Trouble(f"{options.email} is no member of {options.workspace}.")
    options.verb(found, by=None)
    sys.stdout.write(f"{found.user.email}: {options.said}.\n")


def _link(options: argparse.Namespace) -> None:
    user = User.of_address(options.email)
    if user is None:
        raise Trouble(f"Nobody has an account as {options.email}.")
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    words = [user_pk_to_url_str(user), token]
    sys.stdout.write(site(reverse("account_reset_password_from_key", args=words)) + "\n")
