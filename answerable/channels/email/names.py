"""The name servers that mail is checked with, and a pause when they do not answer."""

from functools import cache

import dns.resolver
from django.conf import settings


@cache
def resolver() -> dns.resolver.Resolver:
    """The system's name servers, or those of ANSWERABLE_NAME_SERVERS (addresses, or host#port)."""
    servers = settings.NAME_SERVERS
    made = dns.resolver.Resolver(configure=not servers)
    if servers:
        made.nameservers = [server.partition("#")[0] for server in servers]
        made.port = int(servers[0].partition("#")[2] or 53)
    made.cache = dns.resolver.LRUCache(10_000)
    return made
