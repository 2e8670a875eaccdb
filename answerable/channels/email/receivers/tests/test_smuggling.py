"""T097: only CRLF . CRLF ends a mail, and what was said before STARTTLS is forgotten."""

import asyncio

import pytest

from .conftest import SUPPORT

SMUGGLED = f"MAIL FROM:<ceo@demo.example>\r\nRCPT TO:<{SUPPORT}>\r\nDATA\r\nSubject: Pay\r\n\r\nnow"
ENDINGS = [
    b"\n.\n",
    b"\n.\r\n",
    b"\r.\r",
    b"\r.\r\n",
    b"\r\n.\n",
    b"\r\n.\r",
    b"\n\n.\r\n",
    b"\r\n\x00.\r\n",
]


@pytest.mark.parametrize("ending", ENDINGS)
async def test_nothing_else_ends_a_mail(receiving, shelf, line_to, ending):
    line = await line_to(await receiving())

    reply = await line.send(b"Hello" + ending + SMUGGLED.encode() + b"\r\n.\r\n")

    kept = [arrival.mail_from for arrival in shelf.mails]
    if b"\x00" in ending:
        assert kept == ["carl@customer.example"]
    else:
        assert reply.startswith("550 5.6.0")
        assert kept == []
    assert (await line.ask("NOOP")).startswith("250")


@pytest.mark.parametrize("bare", [b"Subject: x\nBcc: y", b"Subject: x\rBcc: y", b"\n", b"\r"])
async def test_a_bare_newline_anywhere_is_refused(receiving, shelf, line_to, bare):
    line = await line_to(await receiving())

    assert (await line.send(bare + b"\r\n\r\nHello\r\n.\r\n")).startswith("550 5.6.0")
    assert (await line.send(b"Subject: x\r\n\r\nHello\r\n.\r\n")).startswith("250")
    assert len(shelf.mails) == 1


async def test_a_bare_newline_hides_no_command(receiving, line_to):
    line = await line_to(await receiving())

    assert (await line.ask(b"NOOP\nMAIL FROM:<>\r\n")).startswith("500")
    assert (await line.ask(f"RCPT TO:<{SUPPORT}>")).startswith("503")


@pytest.mark.parametrize("cut", range(1, 5))
async def test_an_end_that_comes_in_pieces_is_an_end(receiving, shelf, line_to, cut):
    line = await line_to(await receiving())
    await line.ask("MAIL FROM:<>", f"RCPT TO:<{SUPPORT}>", "DATA")

    whole = b"Hello\r\n.\r\n"
    line.writer.write(whole[: 5 + cut])
    await asyncio.sleep(0.01)

    assert (await line.ask(whole[5 + cut :])).startswith("250")
    assert shelf.mails[0].raw == b"Hello\r\n"


async def test_what_was_sent_ahead_of_tls_is_dropped(receiving, line_to, tls, trusting):
    line = await line_to(await receiving(tls=tls))

    reply = await line.ask(b"STARTTLS\r\nMAIL FROM:<evil@x.example>\r\n")
    assert reply.startswith("220")
    await line.writer.start_tls(trusting)

    assert (await line.ask("EHLO again.example")).startswith("250")
    assert (await line.ask(f"RCPT TO:<{SUPPORT}>")).startswith("503")
