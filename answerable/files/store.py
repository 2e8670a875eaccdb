"""The one file store: a folder, or any S3-compatible place (settings.STORAGES["files"]).

No name from outside ever reaches it (T001): a path is the workspace's number and the SHA-256.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages


def store() -> Storage:
    return storages["files"]


def path_of(workspace_id: int, sha256: str) -> str:
    return f"{workspace_id}/{sha256[:2]}/{sha256}"


def put(workspace_id: int, content: bytes) -> str:
    """Keep the bytes and return their SHA-256. They are durable when this returns."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(workspace_id, sha256)
    place = store()
    if isinstance(place, FileSystemStorage):
        _put_on_disk(Path(place.path(path)), content)
    elif not place.exists(path):
        place.save(path, ContentFile(content))
    return sha256


def _put_on_disk(path: Path, content: bytes) -> None:
    """Write beside, sync, then rename: a crash leaves the whole file or none."""
    if path.exists() and path.stat().st_size == len(content):
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
