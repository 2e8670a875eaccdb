"""What left, read back with Python's own reader."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from answerable.channels.email.models import Delivery, Outgoing
from answerable.kit.due import work_off


def sent() -> list[EmailMessage]:
    """Do what is due, and read the outbox, oldest first."""
    work_off(Delivery)
    raws = Outgoing.objects.order_by("pk").values_list("raw", flat=True)
    return [read(bytes(raw)) for raw in raws]


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)
