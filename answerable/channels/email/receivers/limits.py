"""How much, how long and how often a mail server may."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """RFC 5321, 4.5.3, asks for these minimum sizes and times; the counts are against abuse."""

    size: int = 50 * 1024 * 1024
    recipients: int = 100
    connections: int = 400
    connections_per_peer: int = 50
    errors: int = 10
    idle_commands: int = 100
    memory: int = 256 * 1024 * 1024
    seconds_per_command: float = 300
    seconds_per_mail: float = 900
    seconds_to_store: float = 60
    seconds_to_stop: float = 10
