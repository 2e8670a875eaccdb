"""Letting people in from the command line: with a password, or with a link to choose one."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from answerable.workspaces.letters import site
from answerable.workspaces.models import Invitation, Member, Role, User, Workspace

PASSWORD = "MEMBER_PASSWORD"  # noqa: S105 - the name of the variable


class Trouble(Exception):
    """What the operator must put right, in words."""


def takes_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-file",
        type=Path,
        help=f"a file with the password; else {PASSWORD} is asked, then you, "
        "and without one a link to choose it is printed",
    )


def password_of(options: argparse.Namespace) -> str:
    """The password that the operator gave by one of three ways; empty for a link."""
    if options.password_file:
        try:
            return str(options.password_file.read_text().strip())
        except OSError as problem:
            raise Trouble(f"{options.password_file} cannot be read: {problem.strerror}.") from None
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if sys.stdin.isatty():
        return getpass.getpass("Password (empty for a link to choose one): ")
    return ""


@transaction.atomic
def let_in(email: str, role: Role, name: str, password: str) -> str:
    """Make them a member now, or invite them; what to tell the operator."""
    email = email.strip().lower()
    if User.of_address(email) is None and not password:
        _invitation, token = Invitation.issue(email, role, by=None)
        return f"{email} joins {role.workspace.slug} here, within seven days:\n" + site(
            reverse("invitation", args=[token])
        )
    member = _member(email, role, name, password)
    return f"{email} is {role.name} of {role.workspace.slug}, as {member.display_name}."


def _member(email: str, role: Role, name: str, password: str) -> Member:
    user = User.of_address(email) or _user(email, name, password)
    member, is_new = Member.objects.get_or_create(
        workspace=role.workspace,
        user=user,
        defaults={"role": role, "display_name": name or user.get_full_name()},
    )
    if not is_new and member.active:
        raise Trouble(f"{email} is a member already.")
    if not is_new:
        member.role, member.active = role, True
        member.save(update_fields=["role", "active"])
    return member


def _user(email: str, name: str, password: str) -> User:
    try:
        validate_password(password, User(email=email))
    except ValidationError as problem:
        raise Trouble(" ".join(problem.messages)) from None
    return User.objects.create_user(email, password, name=name)


def workspace_of(slug: str) -> Workspace:
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        raise Trouble(f"There is no workspace {slug}.")
    return found


def role_of(workspace: Workspace, key: str) -> Role:
    found = workspace.roles.filter(key=key).first()
    if found is None:
        keys = ", ".join(workspace.roles.order_by("pk").values_list("key", flat=True))
        raise Trouble(f"There is no role {key}. There are: {keys}.")
    return found
