"""The secret that an installation is born with. Standard library only: settings import it."""

import os
import secrets
from pathlib import Path


def secret_in(folder: Path) -> str:
    """The secret kept in this folder; made on the first call, readable by its owner alone."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
        file.flush()
        os.fsync(file.fileno())
    try:
        # Of two processes that start at once, one gives its secret to both.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
