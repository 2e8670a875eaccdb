"""A process with the data of one shop, which answers each line with figures."""

import json
import subprocess
import sys
from typing import Any

from tests.running import ROOT, Running

CODE = """
import django
django.setup()
from bench.visits import serve
from {module} import rounds
serve(rounds())
"""


class Child:
    """Runs the rounds of a module on one shop."""

    def __init__(self, shop: Running, module: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE.format(module=module)],
            env={**shop.environ, "DJANGO_SETTINGS_MODULE": "answerable.settings"},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.cookies: dict[str, str] = self._answer()

    def go(self, line: str) -> dict[str, Any]:
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self._answer()

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()

    def _answer(self) -> dict[str, Any]:
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The process with the data has ended.")
        answer: dict[str, Any] = json.loads(line)
        return answer
