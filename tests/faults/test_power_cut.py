"""The plug is pulled, and put back."""

import urllib.request

import pytest

pytestmark = pytest.mark.faults


def test_it_comes_back_after_a_power_cut(installation):
    for _ in range(3):
        installation.start().kill()

    installation.start()

    with urllib.request.urlopen(f"{installation.url}/accounts/login/") as page:
        assert page.status == 200


def test_two_do_not_share_one_port(installation, tmp_path):
    installation.start()
    second = type(installation)(tmp_path / "second", port=installation.port)

    words = second.refusal()

    assert f"Port {installation.port} " in words
