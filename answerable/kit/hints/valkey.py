import hashlib
from collections.abc import Iterator
from typing import Any

import redis
from django.conf import settings


class Valkey:
    """Carries hints by the publish and subscribe of Valkey or Redis."""

    def __init__(self, url: str) -> None:
        self.url = url
        # Several installations may share a server; they must not hear each other.
        ours = hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()[:16]
        self.channel = f"answerable:{ours}"
        self._out = self._connect()

    def send(self, text: str) -> None:
        self._out.publish(self.channel, text)

    def texts(self) -> Iterator[str | None]:
        with self._connect() as client, client.pubsub(ignore_subscribe_messages=True) as listening:
            listening.subscribe(self.channel)
            listening.get_message(timeout=5)
            yield None
            while True:
                message = listening.get_message(timeout=1)
                yield message["data"] if message else None

    def close(self) -> None:
        self._out.close()

    def _connect(self) -> Any:
        return redis.Redis.from_url(
            self.url,
            decode_responses=True,
            socket_timeout=5,
            socket_connect_timeout=2,
            socket_keepalive=True,
            health_check_interval=10,
        )
