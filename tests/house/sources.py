"""The product's own files, as the house tests read them."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PRODUCT = ROOT / "answerable"


def product_modules() -> list[Path]:
    """Python that runs in production, migrations apart."""
    return [
        path
        for path in sorted(PRODUCT.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.relative_to(PRODUCT).parts)
    ]


def templates() -> list[Path]:
    return sorted(path for path in PRODUCT.rglob("templates/**/*") if path.is_file())


def tracked_texts() -> list[Path]:
    """Every file that goes into the repository, as far as it is text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and is_text(path)]


def is_text(path: Path) -> bool:
    return path.suffix != ".eml" and b"\0" not in path.read_bytes()[:4096]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text())))
