"""What a member may do, as words a role is made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Right(models.TextChoices):
    """One thing that a role allows. Views ask for a right, never for a role."""

    READ = "read", _("Read conversations")
    ANSWER = "answer", _("Answer customers and act on conversations")
    NOTE = "note", _("Write notes")
    DELETE = "delete", _("Delete conversations for good")
    CUSTOMERS = "customers", _("Change customers and companies")
    INBOXES = "inboxes", _("Set up inboxes and mail accounts")
    MEMBERS = "members", _("Invite members, set roles and teams")
    SIGN_INS = "sign_ins", _("See where members signed in from")
    SETTINGS = "settings", _("Change the workspace's settings")
    PRIVACY = "privacy", _("Act on privacy requests and rules")
    OWN = "own", _("Cancel or move the workspace")


EVERYTHING = [right.value for right in Right]

# The roles every workspace starts with: key, name, rights, sees every inbox.
STARTING_ROLES: list[tuple[str, str, list[str], bool]] = [
    ("owner", "Owner", EVERYTHING, True),
    (
        "administrator",
        "Administrator",
        [r for r in EVERYTHING if r not in {"own", "privacy"}],
        True,
    ),
    ("agent", "Agent", [Right.READ, Right.ANSWER, Right.NOTE, Right.CUSTOMERS], False),
    ("operator", "Operator of a provider", [Right.READ, Right.ANSWER, Right.NOTE], False),
    ("privacy_officer", "Privacy officer", [Right.READ, Right.PRIVACY, Right.SIGN_INS], True),
    ("read_only", "Read only", [Right.READ], False),
]
