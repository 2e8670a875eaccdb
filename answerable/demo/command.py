"""`answerable demo`: a workspace to look around in."""

import argparse
import secrets
import sys

from django.db import transaction

from answerable.channels.email.models import Delivery
from answerable.demo.bulk import fill
from answerable.demo.company import OWNER, SLUG, open_shop
from answerable.demo.story import Telling, age_what_was_sent, stories
from answerable.kit.due import work_off
from answerable.kit.readers import read_all
from answerable.workspaces.models import User, Workspace


def demo(words: list[str]) -> int:
    """Make the demo workspace if there is none; its mails go through the real intake."""
    parser = argparse.ArgumentParser("answerable demo", description=demo.__doc__)
    parser.add_argument("--password", help="for its owner (default: a random one, printed)")
    parser.add_argument("--conversations", type=int, default=0, help="so many more, in bulk")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same words")
    asked = parser.parse_args(words)
    if Workspace.objects.filter(slug=SLUG).exists():
        _again(asked.password)
    else:
        _open(asked.password or secrets.token_urlsafe(9))
    if asked.conversations > 0:
        fill(asked.conversations, asked.seed)
    return 0


def _open(password: str) -> None:
    with transaction.atomic():
        shop = open_shop(password)
        for story in stories():
            Telling(shop, story).tell()
    work_off(Delivery)
    age_what_was_sent(shop)
    read_all()
    sys.stdout.write(f"Demo: sign in as {OWNER} with {password}\n")


def _again(password: str | None) -> None:
    """It is there already: say how to get in, by a new password if one was given."""
    owner = User.objects.get(email=OWNER)
    if password:
        owner.set_password(password)
        owner.save(update_fields=["password"])
    told = password or "the password that was shown when it was made (--password sets another)"
    sys.stdout.write(f"Demo: sign in as {OWNER} with {told}\n")
