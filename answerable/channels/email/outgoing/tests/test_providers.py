"""Answers that leave by a provider's interface: a real server stands in for the provider."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from answerable.channels.email.models import Delivery
from answerable.channels.email.outgoing.transports import provider
from answerable.kit.due import work_off


class Postmark(BaseHTTPRequestHandler):
    """Answers as it is told, and keeps what it was asked."""

    def do_POST(self) -> None:
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if self.server.status is None:
            self.connection.close()
            return
        body = json.dumps(self.server.says).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def postmark(account, monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), Postmark)
    server.asked, server.status = [], 200
    server.says = {"ErrorCode": 0, "Message": "OK", "MessageID": "1", "To": "carl@customer.example"}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    monkeypatch.setitem(provider.MORE, "postmark", {"api_url": address})
    account.outgoing, account.provider, account.provider_secret = "provider", "postmark", "key"
    account.save()
    yield server
    server.shutdown()
    server.server_close()


def state_after(broken_lamp, ada, **more) -> str:
    broken_lamp.reply("Is it plugged in?", by=ada, **more)
    work_off(Delivery)
    return Delivery.objects.order_by("-pk").first().state


def test_an_answer_leaves_by_a_provider_with_its_own_message_id(postmark, broken_lamp, ada):
    state = state_after(broken_lamp, ada)

    (asked,) = postmark.asked
    headers = {header["Name"]: header["Value"] for header in asked["Headers"]}
    assert state == "accepted"
    assert headers["Message-ID"] == Delivery.objects.get().message.message_id
    assert headers["X-PM-KeepID"] == "true"
    assert "+r." in asked["ReplyTo"]
    assert asked["TextBody"].startswith("Is it plugged in?")
    assert "Is it plugged in?" in asked["HtmlBody"]


def test_each_recipient_is_alone_in_to(postmark, broken_lamp, ada):
    state_after(broken_lamp, ada, to=["a@x.example", "b@x.example"], bcc=["c@x.example"])

    assert [asked["To"] for asked in postmark.asked] == [
        "a@x.example",
        "b@x.example",
        "c@x.example",
    ]
    assert not any(asked.get("Cc") or asked.get("Bcc") for asked in postmark.asked)


def test_what_a_provider_will_never_take_fails(postmark, broken_lamp, ada):
    postmark.status, postmark.says = 422, {"ErrorCode": 300, "Message": "Invalid email"}

    assert state_after(broken_lamp, ada) == "failed"


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_what_is_about_the_account_or_the_hour_is_tried_again(postmark, broken_lamp, ada, status):
    postmark.status, postmark.says = status, {"ErrorCode": 10, "Message": "Not now"}

    assert state_after(broken_lamp, ada) == "deferred"


@pytest.mark.parametrize("status", [None, 502, 504])
def test_no_answer_leaves_it_unknown(postmark, broken_lamp, ada, status):
    postmark.status = status

    assert state_after(broken_lamp, ada) == "unknown"
    assert len(postmark.asked) >= 1
