"""What became of a mail that was just stored, as `answerable take-in` prints it."""

import time
from typing import Any, Final

from django.utils import timezone

from answerable.channels.email.description import description
from answerable.channels.email.models import Mail

SECONDS_FOR_ANOTHER_WORKER: Final = 60


def told(pk: int, *, wait: bool) -> dict[str, Any]:
    """That it is stored; or, when there is time to wait, where it went and what was read."""
    if wait:
        return description(settled(pk))
    return {"mail": pk, "state": Mail.State.STORED.value}


def settled(pk: int) -> Mail:
    """File it here and now, unless a worker is at it already; then wait for that one."""
    mail = Mail.objects.get(pk=pk)
    if mail.claim(timezone.now()):
        mail.attempt()
    until = time.monotonic() + SECONDS_FOR_ANOTHER_WORKER
    while mail.lease_until is not None and time.monotonic() < until:
        mail = Mail.objects.get(pk=pk)
        if mail.lease_until is not None:
            time.sleep(0.05)
    return Mail.objects.select_related("original", "message__conversation").get(pk=pk)
