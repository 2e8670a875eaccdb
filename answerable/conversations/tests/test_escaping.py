"""T008, T009, T018: what strangers write is text, in every view."""

import pytest

from answerable.conversations.words import Enclosed, Words
from answerable.customers.models import Identity
from tests.world import ask

PAYLOADS = [
    '"><svg onload=window.__pwn=1>.jpg',
    "<script>window.__pwn=1</script>",
    "'-alert(1)-'",
    "{{7001*7007}}[[7001*7007]]{%raw%}${7001*7007}",
    "\u202egpj.exe",
    "=cmd|' /C calc'!A0",
]
VIEWS = [
    "lists/open",
    "lists/open/rows",
    "conversations/{number}",
    "conversations/{number}/thread",
    "conversations/{number}/header",
    "conversations/{number}/customer",
    "conversations/{number}/choices/tags",
    "lists/open/beside?open={number}",
]


@pytest.fixture(params=PAYLOADS)
def hostile(request, support, ada):
    """A conversation in which everything a stranger can choose is hostile."""
    payload = request.param
    conversation = ask(support, "eve@evil.example", payload, payload, payload)
    sender = Identity.objects.get(shown="eve@evil.example")
    file = Enclosed(payload, b"x", payload)
    conversation.receive(
        Words(
            sender=sender,
            new_text=payload,
            quoted=payload,
            signature=payload,
            from_name=payload,
            from_email=payload,
            to=[payload],
            cc=[payload],
            subject=payload,
            verification_reason=payload,
            joined_because=payload,
            problems=[payload],
            html=payload,
            files=(file,),
        )
    )
    conversation.rename(payload, by=ada, because=payload)
    return conversation


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_a_stranger_writes_becomes_markup(at_ada, hostile, view):
    html = at_ada.get(f"/w/demo/{view.format(number=hostile.number)}").content.decode()

    assert "<svg onload" not in html
    assert "<script>window" not in html
    assert "49056007" not in html
    assert "style=" not in html


@pytest.mark.parametrize("view", ["lists/open", "conversations/1", "nothing/here"])
def test_every_page_carries_the_policy(at_ada, broken_lamp, view):
    response = at_ada.get(f"/w/demo/{view}")

    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
