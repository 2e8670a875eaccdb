"""The one way to the outside, against real listeners."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from answerable.kit import fetch, web
from answerable.kit.web import NoWay, vetted, vetted_socket

INSIDE = [
    *("127.0.0.1", "127.1", "0", "2130706433", "0x7f.1", "::1", "::ffff:127.0.0.1", "localhost."),
    *("fe80::1%1", "64:ff9b::7f00:1", "100.64.0.1", "169.254.169.254", "10.0.0.1", "192.168.1.1"),
    *("fd00::1", "224.0.0.1", "0.0.0.0", "::", "2002:7f00:1::", "255.255.255.255"),  # noqa: S104
]


class Listener:
    """Says its piece to each who comes, and counts them."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.calls = 0
        self.says: list[bytes] = []
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self.server.accept()
                self.calls += 1
                threading.Thread(target=self._say, args=[line], daemon=True).start()

    def _say(self, line) -> None:
        with suppress(OSError):
            line.recv(65536)
            for piece in self.says:
                line.sendall(piece)
                time.sleep(0.02)
            line.close()


@pytest.fixture
def listener(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    listener = Listener()
    yield listener
    listener.server.close()


def resolving_to(monkeypatch, *answers: list[str]):
    """The name server at the edge: one list of addresses per question."""
    asked = iter(answers)
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host != "shop.example":
            return real(host, port, *args, **kwargs)
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in next(asked)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.mark.parametrize("host", INSIDE)
def test_t030_what_lies_inside_is_refused_in_every_disguise(host):
    with pytest.raises(NoWay):
        vetted_socket(host, 25)


@pytest.mark.parametrize("address", ["http+unix://%2Frun%2Fx/", "file:///etc/passwd", "gopher://x"])
def test_t030_what_is_no_address_of_a_server_is_refused(address):
    with pytest.raises(NoWay):
        fetch.ask("GET", address)


def test_what_the_operator_allows_is_reached(listener, settings):
    settings.PRIVATE_HOSTS = ["127.0.0.0/8"]

    vetted_socket("127.0.0.1", listener.port).close()


def test_t030_yes_does_not_mean_where_clouds_keep_their_keys(settings):
    settings.PRIVATE_HOSTS = ["yes"]

    assert vetted("10.1.2.3", 25)
    with pytest.raises(NoWay):
        vetted("169.254.169.254", 80)


def test_t031_a_name_is_resolved_once(listener, monkeypatch):
    resolving_to(monkeypatch, ["127.0.0.1"])

    vetted_socket("shop.example", listener.port).close()


def test_t031_of_mixed_answers_the_vetted_ones_alone_are_used(monkeypatch):
    resolving_to(monkeypatch, ["127.0.0.1", "93.184.215.14", "10.0.0.1"])

    assert list(map(str, vetted("shop.example", 443))) == ["93.184.215.14"]


def test_t034_a_name_that_leads_inside_is_as_unknown_as_any(monkeypatch):
    resolving_to(monkeypatch, ["10.0.0.1"])
    with pytest.raises(NoWay) as inside:
        vetted("shop.example", 25)
    with pytest.raises(NoWay) as unknown:
        vetted("nowhere.invalid", 25)

    assert str(inside.value) == str(unknown.value).replace("nowhere.invalid", "shop.example")


def test_t034_ports_that_are_not_for_mail_are_not_tried(monkeypatch):
    resolving_to(monkeypatch, ["93.184.215.14"])

    with pytest.raises(NoWay):
        vetted("shop.example", 6379, frozenset({25, 587}))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_t029_a_redirect_is_an_answer_and_no_second_question(listener, status):
    there = f"http://127.0.0.1:{listener.port}/inside"
    listener.says = [f"HTTP/1.1 {status} X\r\nLocation: {there}\r\n\r\n".encode()]

    answer = fetch.ask("GET", f"http://127.0.0.1:{listener.port}/")

    assert answer.status == status
    assert listener.calls == 1


def test_t033_an_endless_answer_is_cut(listener):
    listener.says = [b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 65536] * 40]

    with pytest.raises(NoWay, match="too long"):
        fetch.ask("GET", f"http://127.0.0.1:{listener.port}/", most=100_000)


def test_t033_a_dripping_answer_is_cut(listener):
    listener.says = [b"HTTP/1.1 200 OK\r\n", *[b"X"] * 200]
    begun = time.monotonic()

    with pytest.raises(NoWay):
        fetch.ask("GET", f"http://127.0.0.1:{listener.port}/", seconds=0.4)

    assert time.monotonic() - begun < 2


def test_t033_a_hundred_thousand_headers_are_refused(listener):
    listener.says = [b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100_000 + b"\r\n"]

    with pytest.raises(NoWay):
        fetch.ask("GET", f"http://127.0.0.1:{listener.port}/")


def test_a_stalled_handshake_is_cut(listener):
    with pytest.raises(NoWay):
        fetch.ask("GET", f"https://127.0.0.1:{listener.port}/", seconds=0.3)


def test_t035_a_host_with_a_line_end_is_no_host():
    with pytest.raises(NoWay):
        web.vetted("mail.example\r\nRSET", 25)
