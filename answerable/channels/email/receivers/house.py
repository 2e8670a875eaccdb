"""What all dialogues of one receiver share."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass

from answerable.channels.email.arrival import Directory, ReceivedBy, Store
from answerable.channels.email.receivers.limits import Limits


@dataclass
class House:
    """Our name, our limits, and where mails and addresses are kept."""

    name: str
    store: Store
    directory: Directory
    limits: Limits
    speaks: ReceivedBy = ReceivedBy.SMTP
    tls: ssl.SSLContext | None = None
    is_full: Callable[[], bool] = lambda: False
    is_closing: bool = False
