"""Scripts, styles and pictures of the program: named by their content, kept in memory, zipped once.

There is nothing to collect: a file is found where its app keeps it, and an address that carries
the hash of the content never goes stale.
"""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

from answerable.kit.server.asgi import Headers, Receive, Scope, Send, say

HASHED = re.compile(r"^(?P<stem>.+)\.(?P<mark>[0-9a-f]{12})(?P<suffix>\.[^./]+)$")
TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")


@dataclass(frozen=True)
class Kept:
    """One file as it is sent."""

    media_type: str
    mark: str
    plain: bytes
    zipped: bytes


class Named(StaticFilesStorage):
    """Addresses that carry the hash of the content."""

    def url(self, name: str | None) -> str:
        kept = keep(name or "")
        if kept is None or name is None:
            return super().url(name)
        path = Path(name)
        return super().url(str(path.with_name(f"{path.stem}.{kept.mark}{path.suffix}")))


def keep(name: str) -> Kept | None:
    """The file of this name, read once; each time when developing."""
    return _read(name) if settings.DEBUG else _keep(name)


@cache
def _keep(name: str) -> Kept | None:
    return _read(name)


def _read(name: str) -> Kept | None:
    found = finders.find(name)
    if not isinstance(found, str) or not Path(found).is_file():
        return None
    plain = Path(found).read_bytes()
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    zipped = gzip.compress(plain, mtime=0) if media_type.startswith(TEXTS) else b""
    return Kept(media_type, hashlib.sha256(plain).hexdigest()[:12], plain, zipped)


async def files(scope: Scope, _receive: Receive, send: Send) -> None:
    """Answers what lies under STATIC_URL."""
    kept, is_exact = _asked_for(scope["path"].removeprefix(settings.STATIC_URL))
    if kept is None or scope["method"] not in {"GET", "HEAD"}:
        await say(send, 404, "Not found.\n")
        return
    said = dict(scope["headers"])
    etag = f'"{kept.mark}"'.encode()
    if said.get(b"if-none-match") == etag:
        await _send(send, 304, _headers(kept, is_exact), b"")
        return
    headers, body = _headers(kept, is_exact), kept.plain
    if kept.zipped and b"gzip" in said.get(b"accept-encoding", b""):
        headers, body = [*headers, (b"content-encoding", b"gzip")], kept.zipped
    headers.append((b"content-length", str(len(body)).encode()))
    await _send(send, 200, headers, b"" if scope["method"] == "HEAD" else body)


def _asked_for(name: str) -> tuple[Kept | None, bool]:
    """The file, and whether the address names exactly this content."""
    if match := HASHED.match(name):
        kept = keep(match["stem"] + match["suffix"])
        if kept is not None and kept.mark == match["mark"]:
            return kept, True
    return keep(name) if not _leads_outside(name) else None, False


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _headers(kept: Kept, is_exact: bool) -> Headers:
    charset = "; charset=utf-8" if kept.media_type.startswith("text/") else ""
    caching = "public, max-age=31536000, immutable" if is_exact else "no-cache"
    return [
        (b"content-type", f"{kept.media_type}{charset}".encode()),
        (b"cache-control", caching.encode()),
        (b"etag", f'"{kept.mark}"'.encode()),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
