"""Whose requests are answered on a line: those that our own pages make."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from answerable.kit.server.asgi import Scope


def header(scope: Scope, name: bytes) -> str:
    values = [value for key, value in scope["headers"] if key == name]
    return b"; ".join(values).decode("latin-1")


def is_from_our_page(scope: Scope, *, must_say: bool) -> bool:
    """Did a page of our own origin ask (T081)? A browser says so itself; sockets always do."""
    origin = header(scope, b"origin")
    if not origin:
        return not must_say and header(scope, b"sec-fetch-site") in {"", "same-origin"}
    if origin == settings.SITE_URL:
        return True
    host = header(scope, b"host")
    scheme = "https" if scope["scheme"] in {"https", "wss"} else "http"
    domain, _port = split_domain_port(host)
    is_our_host = validate_host(domain, settings.ALLOWED_HOSTS)
    return is_our_host and origin == f"{scheme}://{host}" and bool(urlsplit(origin).hostname)
