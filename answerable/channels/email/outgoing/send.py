"""One delivery, from planned to accepted, deferred, failed or unknown."""

from answerable.channels.email.models import Delivery


def send(delivery: Delivery) -> None:
    raise NotImplementedError
