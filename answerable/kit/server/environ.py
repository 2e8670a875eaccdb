"""An ASGI scope in the words of WSGI (PEP 3333)."""

import sys
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from answerable.kit.server.asgi import Scope

# The server has read these from the proxies it trusts; from anybody else they are lies.
HOP = {
    b"forwarded",
    b"proxy",
    b"x-forwarded-for",
    b"x-forwarded-host",
    b"x-forwarded-port",
    b"x-forwarded-proto",
}
PLAIN = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}


def environ_of(scope: Scope, body: IO[bytes], size: int | None) -> dict[str, Any]:
    server, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope)
    if size is not None:
        environ["CONTENT_LENGTH"] = str(size)
    return environ


def _add_headers(environ: dict[str, Any], scope: Scope) -> None:
    for name, value in scope["headers"]:
        # `X_Forwarded_For` would become the same variable as `X-Forwarded-For`.
        if name in HOP or b"_" in name:
            continue
        key = PLAIN.get(name) or f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
        text = value.decode("latin-1")
        if key in environ:
            text = environ[key] + ("; " if name == b"cookie" else ",") + text
        environ[key] = text
