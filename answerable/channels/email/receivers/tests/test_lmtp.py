"""LMTP: an answer for each recipient, on a port or a unix socket."""

import asyncio
import smtplib

from answerable.channels.email.arrival import Fate, ReceivedBy
from answerable.channels.email.receivers.limits import Limits
from answerable.channels.email.receivers.smtp import Receiver

from .conftest import SALES, SUPPORT

LETTER = b"Subject: Lamp\r\n\r\nIt is broken.\r\n"


async def test_each_recipient_has_an_answer(receiving, shelf, line_to):
    line = await line_to(await receiving(speaks=ReceivedBy.LMTP), hello="LHLO client.example")
    shelf.fates = {SALES: Fate.LATER}
    envelope = ["MAIL FROM:<>", *(f"RCPT TO:<{to}>" for to in (SUPPORT, SALES, SUPPORT)), "DATA"]

    await line.ask(*envelope)
    replies = [await line.ask(LETTER + b".\r\n"), await line.reply(), await line.reply()]

    assert [reply[:3] for reply in replies] == ["250", "451", "250"]
    assert shelf.mails[0].recipients == (SUPPORT, SALES)


async def test_a_mail_that_is_too_large_is_refused_for_each(receiving, line_to):
    receiver = await receiving(speaks=ReceivedBy.LMTP, limits=Limits(size=10))
    line = await line_to(receiver, hello="LHLO client.example")

    replies = [await line.send(LETTER + b".\r\n", SUPPORT, SALES), await line.reply()]

    assert [reply[:3] for reply in replies] == ["552", "552"]


async def test_each_protocol_refuses_the_greeting_of_the_other(receiving, line_to):
    lmtp = await line_to(await receiving(speaks=ReceivedBy.LMTP), hello="")
    smtp = await line_to(await receiving(), hello="")

    assert (await lmtp.ask("EHLO client.example")).startswith("500")
    assert (await smtp.ask("LHLO client.example")).startswith("500")


async def test_a_unix_socket_serves_and_replaces_one_left_behind(shelf, tmp_path):
    path = tmp_path / "lmtp"
    for _ in range(2):
        lmtp = Receiver(store=shelf, directory=shelf, name="demo", speaks=ReceivedBy.LMTP)
        await lmtp.listen_on_file(path)

        def send():
            with smtplib.LMTP(str(path)) as client:
                client.sendmail("carl@customer.example", [SUPPORT], LETTER)

        await asyncio.to_thread(send)
        lmtp._server.close()

    assert len(shelf.mails) == 2
    assert path.stat().st_mode & 0o777 == 0o660
    await lmtp.stop()
    assert not path.exists()
