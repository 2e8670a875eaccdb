import gzip

import pytest
from django.templatetags.static import static

from answerable.kit.static import files


@pytest.fixture
async def ask():
    async def asked(path, method="GET", **said):
        sent = []

        async def send(message):
            sent.append(message)

        headers = [
            (name.replace("_", "-").encode(), value.encode()) for name, value in said.items()
        ]
        scope = {"type": "http", "path": path, "method": method, "headers": headers}
        await files(scope, None, send)
        return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]

    return asked


async def test_an_address_with_the_hash_of_the_content_is_kept_for_ever(ask):
    status, headers, body = await ask(static("look/mark.svg"))

    assert status == 200
    assert b"immutable" in headers[b"cache-control"]
    assert body.startswith(b"<svg")


async def test_a_plain_address_is_asked_for_again(ask):
    _status, headers, _body = await ask("/static/look/mark.svg")
    again, _headers, body = await ask(
        "/static/look/mark.svg", if_none_match=headers[b"etag"].decode()
    )

    assert headers[b"cache-control"] == b"no-cache"
    assert (again, body) == (304, b"")


async def test_texts_are_zipped_for_who_can_read_it(ask):
    _status, headers, zipped = await ask("/static/look/mark.svg", accept_encoding="br, gzip")
    _status, _headers, plain = await ask("/static/look/mark.svg")

    assert headers[b"content-encoding"] == b"gzip"
    assert gzip.decompress(zipped) == plain


@pytest.mark.parametrize(
    "path",
    ["", "look", "look/none.svg", "../settings.py", "//etc/passwd", "look/mark.000000000000.svg"],
)
async def test_what_is_no_file_of_ours_is_not_found(ask, path):
    status, _headers, _body = await ask(f"/static/{path}")

    assert status == 404


async def test_nothing_can_be_sent_there(ask):
    status, _headers, _body = await ask("/static/look/mark.svg", method="POST")

    assert status == 404
