"""The SMTP receiver over real sockets."""

import asyncio
import smtplib

from answerable.channels.email.arrival import Fate
from answerable.channels.email.receivers.limits import Limits

from .conftest import SALES, SUPPORT

LETTER = b"From: Carl <carl@customer.example>\r\nSubject: Lamp\r\n\r\nIt is broken.\r\n"


async def test_a_mail_is_kept_byte_for_byte_with_its_envelope(receiving, shelf):
    receiver = await receiving()
    dotted = LETTER + b".hidden\r\n..\r\n" + bytes(range(128, 256)) + b"\r\n"

    def send():
        with smtplib.SMTP(*receiver.addresses[0]) as client:
            client.ehlo("client.example")
            client.sendmail("carl@customer.example", [SUPPORT, SALES], dotted, ["BODY=8BITMIME"])

    await asyncio.to_thread(send)

    (arrival,) = shelf.mails
    assert arrival.raw == dotted
    assert arrival.recipients == (SUPPORT, SALES)
    assert (arrival.mail_from, arrival.helo) == ("carl@customer.example", "client.example")
    assert (arrival.peer_ip, arrival.received_by) == ("127.0.0.1", "smtp")


async def test_pipelined_mails_are_answered_in_order(receiving, shelf, line_to):
    line = await line_to(await receiving())
    one = ["MAIL FROM:<>", f"RCPT TO:<{SUPPORT}>", "DATA", LETTER + b".\r\n"]

    last = await line.ask(*one, *one, *one, "QUIT")

    assert last.startswith("221")
    assert [arrival.raw for arrival in shelf.mails] == [LETTER] * 3


async def test_an_empty_mail_is_a_mail(receiving, shelf, line_to):
    line = await line_to(await receiving())

    assert (await line.send(b".\r\n")).startswith("250")
    assert shelf.mails[0].raw == b""


async def test_an_unknown_recipient_is_refused_in_words(receiving, line_to):
    line = await line_to(await receiving())

    reply = await line.ask("MAIL FROM:<carl@customer.example>", "RCPT TO:<who@demo.example>")

    assert reply.startswith("550 5.1.1 No inbox here has the address who@demo.example")
    assert SUPPORT in reply


async def test_no_relay_and_no_mail_without_a_recipient(receiving, shelf, line_to):
    line = await line_to(await receiving())

    replies = [
        await line.ask("MAIL FROM:<a@b.example>", "RCPT TO:<else@where.example>"),
        await line.ask("DATA"),
    ]

    assert [reply[:3] for reply in replies] == ["550", "503"]
    assert not shelf.mails


async def test_the_size_is_limited_by_promise_and_by_fact(receiving, shelf, line_to):
    line = await line_to(await receiving(limits=Limits(size=1000)))

    assert (await line.ask("MAIL FROM:<> SIZE=1001")).startswith("552 5.3.4")
    assert (await line.send(b"x" * 1001 + b"\r\n.\r\n")).startswith("552 5.3.4")
    assert (await line.send(b"x" * 200_000 + b"\r\n.\r\n")).startswith("552 5.3.4")
    assert (await line.send(b"x" * 998 + b"\r\n.\r\n")).startswith("250")
    assert len(shelf.mails) == 1


async def test_a_database_that_is_away_means_try_later(receiving, shelf, line_to):
    line = await line_to(await receiving())

    shelf.is_away = True
    assert (await line.ask("MAIL FROM:<>", f"RCPT TO:<{SUPPORT}>")).startswith("451")
    shelf.is_away = False
    await line.ask("RSET")
    shelf.fates = {SUPPORT: Fate.LATER}
    assert (await line.send(LETTER + b".\r\n")).startswith("451")


async def test_a_store_that_does_not_answer_means_try_later(receiving, shelf, line_to):
    line = await line_to(await receiving(limits=Limits(seconds_to_store=0.05)))
    shelf.delay = 60

    assert (await line.send(LETTER + b".\r\n")).startswith("451")
    assert not shelf.mails


async def test_where_recipients_differ_the_sender_comes_again(receiving, shelf, line_to):
    line = await line_to(await receiving())
    shelf.fates = {SALES: Fate.UNKNOWN}

    assert (await line.send(LETTER + b".\r\n", SUPPORT, SALES)).startswith("451")
    assert (await line.send(LETTER + b".\r\n", SALES)).startswith("550")


async def test_addresses_in_other_scripts_need_smtputf8(receiving, shelf, line_to):
    line = await line_to(await receiving())
    greetings = "RCPT TO:<grüße@demo.example>"

    assert (await line.ask("MAIL FROM:<>", greetings)).startswith("553")
    assert (await line.ask("RSET", "MAIL FROM:<> SMTPUTF8", greetings)).startswith("250")


async def test_words_that_are_no_commands_come_to_an_end(receiving, line_to):
    line = await line_to(await receiving(limits=Limits(errors=3)))

    replies = [await line.ask(word) for word in ("BLAH", "MAIL TO:x", "\x00\x01")]

    assert [reply[:3] for reply in replies] == ["500", "501", "500"]
    assert (await line.reply()).startswith("421")
    assert await line.reply() == ""


async def test_a_browser_is_hung_up_on(receiving, shelf, line_to):
    line = await line_to(await receiving(), hello="")

    line.writer.write(b"POST / HTTP/1.1\r\nEHLO x\r\nMAIL FROM:<>\r\n")

    assert (await line.reply()).startswith("421")
    assert await line.reply() == ""


async def test_endless_idling_comes_to_an_end(receiving, line_to):
    line = await line_to(await receiving(limits=Limits(idle_commands=5)))

    await line.ask(*["NOOP"] * 4)

    assert (await line.reply()).startswith("421")


async def test_a_line_without_end_is_refused_and_does_not_fill_memory(receiving, line_to):
    line = await line_to(await receiving())

    reply = await line.ask(b"NOOP " + b"x" * 3_000_000 + b"\r\n")

    assert reply.startswith("500 5.5.6")
    assert (await line.ask("NOOP")).startswith("250")


async def test_who_says_nothing_is_sent_away(receiving, line_to):
    slow = Limits(seconds_per_command=0.05, seconds_per_mail=0.05)
    line = await line_to(await receiving(limits=slow), hello="")
    assert (await line.reply()).startswith("421 4.4.2")

    line = await line_to(await receiving(limits=slow))
    await line.ask("MAIL FROM:<>", f"RCPT TO:<{SUPPORT}>", "DATA")
    assert (await line.reply()).startswith("421 4.4.2")


async def test_connections_are_limited_for_each_peer(receiving, line_to):
    receiver = await receiving(limits=Limits(connections_per_peer=2))
    lines = [await line_to(receiver) for _ in range(2)]

    reader, _ = await asyncio.open_connection(*receiver.addresses[0])
    assert (await reader.readline()).startswith(b"421")

    await lines[0].ask("QUIT")
    await asyncio.sleep(0.01)
    assert (await (await line_to(receiver)).ask("NOOP")).startswith("250")


async def test_too_much_at_once_means_try_later(receiving, shelf, line_to):
    line = await line_to(await receiving(limits=Limits(memory=1000)))
    shelf.waiting = 1001

    assert (await line.ask("MAIL FROM:<>", f"RCPT TO:<{SUPPORT}>", "DATA")).startswith("452")


async def test_stopping_lets_a_mail_finish_and_says_so_to_the_idle(receiving, shelf, line_to):
    receiver = await receiving()
    idle, busy = await line_to(receiver), await line_to(receiver)
    await busy.ask("MAIL FROM:<>", f"RCPT TO:<{SUPPORT}>", "DATA")

    stopping = asyncio.create_task(receiver.stop())
    assert (await idle.reply()).startswith("421")
    assert (await busy.ask(LETTER + b".\r\n")).startswith("250")
    await stopping

    assert len(shelf.mails) == 1


async def test_tls_is_offered_with_a_certificate_and_state_is_forgotten(
    receiving, shelf, tls, trusting
):
    receiver = await receiving(tls=tls)

    def send():
        with smtplib.SMTP(*receiver.addresses[0]) as client:
            client.starttls(context=trusting)
            early = client.docmd("MAIL", "FROM:<>")
            client.sendmail("carl@customer.example", [SUPPORT], LETTER)
            return early, client.docmd("STARTTLS")

    early, again = await asyncio.to_thread(send)

    assert (early[0], again[0]) == (503, 503)
    assert shelf.mails[0].raw == LETTER


async def test_without_a_certificate_tls_is_not_offered(receiving, line_to):
    line = await line_to(await receiving())

    assert "STARTTLS" not in await line.ask("EHLO again.example")
    assert (await line.ask("STARTTLS")).startswith("502")
