"""How far a mail's sender can be believed."""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from answerable.channels.email.authenticity.signatures import Signature


class Level(StrEnum):
    """From the best to the worst. Only the first two may see, add, or speak for anybody."""

    ALIGNED = "aligned"
    TOKEN = "token"  # noqa: S105
    UNVERIFIED = "unverified"
    FAILED = "failed"


@dataclass(frozen=True)
class Verdict:
    """The level, a sentence for people, and what was found on the way there.

    Plain values, worked out once when the mail is filed and kept with the message.
    """

    level: Level
    reason: str
    spf: str = "none"
    dkim: tuple[Signature, ...] = ()
    arc: str = "none"
    dmarc: str = "none"
    policy: str = ""
    decided_by: str = ""

    @property
    def is_verified(self) -> bool:
        return self.level in {Level.ALIGNED, Level.TOKEN}

    def with_token(self) -> "Verdict":
        """The mail also carries a token that we gave to exactly this sender.

        A token outweighs a missing proof, never a proof of forgery.
        """
        if self.level != Level.UNVERIFIED:
            return self
        reason = _("It came to the secret address that only this sender was given.")
        return replace(self, level=Level.TOKEN, reason=reason)
