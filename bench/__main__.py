"""All figures, as JSON lines: `python -m bench`, or `python -m bench mail pages` for some.

A measurement is a module of this folder that can be run: `python -m bench.mail`. The corpora have a
command of their own (`make corpus`).
"""

import subprocess
import sys
from pathlib import Path

APART = {"__init__", "__main__", "corpus"}


def measurements() -> list[str]:
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return [
        module.stem
        for module in modules
        if module.stem not in APART and "__main__" in module.read_text()
    ]


def main(names: list[str]) -> int:
    codes = [
        subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
        for name in names or measurements()
    ]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
