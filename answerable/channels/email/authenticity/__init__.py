"""Who really sent a mail: SPF, DKIM, ARC and DMARC, and the other way round, our own signature.

verify         a raw mail and its envelope, to a Verdict
sign           a raw mail, to one with our DKIM signature
check_domain   what a domain still has to publish, in words
"""

from answerable.channels.email.authenticity.advice import Expected, Finding, Grade, check_domain
from answerable.channels.email.authenticity.signing import (
    NotSigned,
    new_key,
    record_to_publish,
    sign,
)
from answerable.channels.email.authenticity.verdict import Level, Verdict
from answerable.channels.email.authenticity.verification import verify

__all__ = [
    "Expected",
    "Finding",
    "Grade",
    "Level",
    "NotSigned",
    "Verdict",
    "check_domain",
    "new_key",
    "record_to_publish",
    "sign",
    "verify",
]
