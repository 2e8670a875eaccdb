"""The wheel is the product: installed where nothing of ours lies about, it runs."""

import re
import subprocess
import urllib.request

import pytest

from tests.running import ROOT, Running

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> str:
    """`answerable`, installed from the wheel into an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    environment = folder / "environment"

    def uv(*words) -> str:
        return subprocess.run(["uv", *words], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout

    uv("build", "--quiet", "--wheel", "--out-dir", folder)
    locked = uv("export", "--quiet", "--frozen", "--no-default-groups", "--no-emit-project")
    (folder / "locked.txt").write_bytes(locked)
    uv("venv", "--quiet", environment)
    into = ("pip", "install", "--quiet", "--python", environment)
    uv(*into, "--requirement", folder / "locked.txt")
    uv(*into, "--no-deps", *folder.glob("*.whl"))
    return str(environment / "bin/answerable")


@pytest.fixture
def installed(program, tmp_path):
    running = Running(tmp_path / "data", program=(program,))
    yield running.start()
    running.stop()


def test_it_shows_its_pages_with_style_and_script(installed):
    with urllib.request.urlopen(f"{installed.url}/accounts/login/") as page:
        assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.read().decode())

    kinds = {asset.rpartition(".")[2] for asset in assets}
    assert {"css", "js"} <= kinds
    for asset in assets:
        urllib.request.urlopen(installed.url + asset).close()


def test_it_speaks_another_language(installed):
    german = urllib.request.Request(
        f"{installed.url}/accounts/login/", headers={"Accept-Language": "de"}
    )

    with urllib.request.urlopen(german) as page:
        assert 'lang="de"' in page.read().decode()
