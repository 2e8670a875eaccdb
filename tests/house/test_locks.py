"""What is locked comes from the two registries, and each file has a hash."""

import json
import tomllib

import pytest

from tests.house.sources import ROOT

pytestmark = pytest.mark.any_database


def test_every_locked_package_is_pypis_and_has_a_hash():
    locked = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    packages = [package for package in locked if package["name"] != "answerable"]

    assert {package["source"]["registry"] for package in packages} == {"https://pypi.org/simple"}
    assert all(
        file["hash"].startswith("sha256:")
        for package in packages
        for file in [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
    )


def test_every_locked_browser_package_has_a_hash_and_no_foreign_address():
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    packages = {name: package for name, package in locked.items() if name}

    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert {
        package["resolved"].split("/")[2] for package in packages.values() if "resolved" in package
    } <= {"registry.npmjs.org"}
