"""Which addresses can be mailed."""

import re

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

LONGEST_LOCAL_PART = 64  # with its quotes; email-validator counts without
# Names without a place in the public DNS are used on the networks of many companies.
PRIVATE = {"local", "localhost", "test", "home.arpa", "lan", "internal"}
SPECIAL_USE_DOMAIN_NAMES[:] = [name for name in SPECIAL_USE_DOMAIN_NAMES if name not in PRIVATE]
NOT_ESCAPED = re.compile(r"\\[^ -~]")


def can_be_mailed(address: str) -> bool:
    """Whether this is a mailbox to an SMTP server (RFC 5321). Nothing is asked of the network.

    Quoted names, addresses in brackets and names without a dot are mailboxes too; what only old
    mail headers allow (comments, white space, doubled dots) is not.
    """
    local_part = address.rpartition("@")[0]
    if len(local_part.encode("utf-8", "replace")) > LONGEST_LOCAL_PART:
        return False
    if NOT_ESCAPED.search(local_part):
        return False
    try:
        validate_email(
            address,
            check_deliverability=False,
            globally_deliverable=False,
            allow_quoted_local=True,
            allow_domain_literal=True,
            strict=True,
        )
    except (EmailNotValidError, UnicodeError, ValueError, IndexError):
        return False
    return True
