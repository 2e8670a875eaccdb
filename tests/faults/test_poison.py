"""R08: one bad mail among twenty good ones; the good are not delayed, the bad are all in sight."""

import random
import smtplib
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.faults.crowd import TIMES
from tests.faults.ledger import a_mail, asked, until_all_are_filed, with_inboxes

pytestmark = pytest.mark.faults

SUPPORT = "support@red.example"
AT_ONCE = 48  # a delay is then the fault of a mail, not of a queue
FROM = b"From: Carl <carl@customer.example>\r\n"
MULTIPART = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
ENCODED = b"Content-Transfer-Encoding: "
POISON: dict[str, bytes] = {
    "no header": b"\r\nonly words",
    "nothing": b"\r\n",
    "no sender": b"Subject: who?\r\n\r\nwords",
    "header without colon": FROM + b"this is no header\r\nSubject: x\r\n\r\nwords",
    "nested comments": b"From: " + b"(" * 900 + b"a@b.example" + b")" * 900 + b"\r\n\r\nwords",
    "nested quotes": b'From: "' + b"\\" * 2000 + b'" <a@b.example>\r\n\r\nwords',
    "long subject": FROM + b"Subject: " + b"=?utf-8?q?=20?= " * 15_000 + b"\r\n\r\nwords",
    "many addresses": FROM + b"To: " + b"a@b.example, " * 20_000 + b"\r\n\r\nwords",
    "unknown charset": FROM + b"Content-Type: text/plain; charset=x-none\r\n\r\n\xff\xfe\xfd",
    "charset that is code": FROM + b"Content-Type: text/plain; charset=zlib\r\n\r\nx\x9c",
    "broken base64": FROM + ENCODED + b"base64\r\n\r\n====\x00=\r\nnot base64 at all!",
    "broken quoted": FROM + ENCODED + b"quoted-printable\r\n\r\n=ZZ=\r\n=3",
    "unknown encoding": FROM + ENCODED + b"x-uuencode\r\n\r\nbegin 999 ../../x\r\n#",
    "no end": FROM + MULTIPART + b"--b\r\n\r\nwords",
    "no beginning": FROM + MULTIPART + b"words",
    "empty boundary": FROM + b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n--\r\n",
    "deep": FROM
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(400)
    ),
    "mail in mail": FROM + b"Content-Type: message/rfc822\r\n\r\n" * 300 + b"words",
    "odd names": FROM + b"Content-Disposition: attachment; filename*0*=%00'../\r\n\r\nwords",
    "no date": FROM + b"Date: 99 Foo 99999 99:99:99 +9999\r\nSubject: when?\r\n\r\nwords",
    "zero bytes": FROM + b"Subject: a\x00b\r\n\r\n\x00\x00\x00",
    "deep html": FROM + b"Content-Type: text/html\r\n\r\n" + b"<div><b><table>" * 20_000,
    "tnef": FROM + b"Content-Type: application/ms-tnef\r\n\r\n\x78\x9f\x3e\x22" + b"\xff" * 4000,
}


def sent(installation, mails: list[tuple[str, bytes]]) -> int:
    """Over one line, each with its kind as its sender; how many were acknowledged."""
    taken = 0
    with smtplib.SMTP("127.0.0.1", installation.smtp_port, timeout=60) as client:
        client.ehlo()
        for kind, raw in mails:
            client.mail(f"{kind}@customer.example")
            client.rcpt(SUPPORT)
            answer = client.data(raw)
            assert answer[0] == 250 or kind == "bad", answer
            taken += answer[0] == 250
    return taken


def a_mix(chance: random.Random) -> list[tuple[str, bytes]]:
    good = [("good", a_mail(chance)) for _ in range(20 * len(POISON))]
    bad = [("bad", b"X-Number: %d\r\n" % chance.getrandbits(60) + raw) for raw in POISON.values()]
    mixed = good + bad
    chance.shuffle(mixed)
    return mixed


def test_r08_bad_mails_stop_no_good_one_and_none_of_them_is_out_of_sight(installation):
    with_inboxes(installation).start()
    mails = [mail for n in range(TIMES) for mail in a_mix(random.Random(n))]

    taken = 0
    for begin in range(0, len(mails), AT_ONCE):
        some = mails[begin : begin + AT_ONCE]
        with ThreadPoolExecutor(4) as pool:
            taken += sum(pool.map(partial(sent, installation), [some[n::4] for n in range(4)]))
        until_all_are_filed(installation)

    rows = asked(installation, "SELECT state, mail_from FROM email_mail")
    good = [state for state, sender in rows if sender.startswith("good")]
    assert good == ["filed"] * 20 * len(POISON) * TIMES
    assert len(rows) == taken
    assert {state for state, _ in rows} <= {"filed", "refused", "failed"}
    assert installation.process.poll() is None
    assert slowest(installation) < 60


def slowest(installation) -> float:
    """How long the slowest good mail waited to be filed, in seconds."""
    query = """SELECT MAX((julianday(filed_at) - julianday(received_at)) * 86400)
    FROM email_mail WHERE mail_from LIKE 'good%'"""
    seconds: float = asked(installation, query)[0][0]
    return seconds
