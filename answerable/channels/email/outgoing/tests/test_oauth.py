"""Signing in to an SMTP server with a token, which a provider gives for a refresh token."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from answerable.channels.email.models import Delivery
from answerable.channels.email.outgoing.tests.conftest import use
from answerable.channels.email.outgoing.transports.line import TOKENS
from answerable.kit.due import work_off


class Tokens(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append(form)
        body = json.dumps({"access_token": self.server.token, "expires_in": 3600}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def tokens():
    server = HTTPServer(("127.0.0.1", 0), Tokens)
    server.asked, server.token = [], "good-token"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def by_token(account, sinks, certified, tokens):
    sink = sinks(starttls=certified("localhost"), password="unused")
    more = {"smtp_host": "localhost", "smtp_security": "starttls", "smtp_user": "support@d.example"}
    more |= {"smtp_auth": "xoauth2", "oauth_refresh": "refresh", "oauth_client": "us"}
    more["oauth_token_url"] = f"http://127.0.0.1:{tokens.server_port}/token"
    use(account, sink, **more)
    TOKENS.forget(account)
    return sink


def state_after_an_answer(broken_lamp, ada) -> Delivery:
    broken_lamp.reply("Is it plugged in?", by=ada)
    work_off(Delivery)
    return Delivery.objects.order_by("-pk").first()


def test_mail_leaves_with_a_token(by_token, tokens, broken_lamp, ada):
    assert state_after_an_answer(broken_lamp, ada).state == "accepted"
    assert by_token.behaviour.logins[0].startswith(b"user=support@d.example\x01auth=Bearer ")
    assert tokens.asked[0]["refresh_token"] == ["refresh"]


def test_a_token_that_is_not_taken_is_the_accounts_trouble(by_token, tokens, broken_lamp, ada):
    tokens.token = "bad-token"

    delivery = state_after_an_answer(broken_lamp, ada)

    assert delivery.state == "deferred"
    assert delivery.answer == "localhost does not accept the user and password."
