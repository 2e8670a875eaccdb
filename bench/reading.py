"""CPU time to read a realistic mail, beside the stdlib doing the least of it, in one run.

    python -m bench.reading [--rounds N]

The mail is 20–40 KB: text and HTML of a reply in a thread with a quotation, a
remote image and a small attachment. The floor is `email` with its default
policy: body and headers only; no sanitising, no telling apart.
"""

import argparse
import email
import email.policy
import json
import statistics
import time
from collections.abc import Callable
from email.message import EmailMessage

from answerable.channels.email.reading import read

PARAGRAPH = "The lamp in the hall flickers since Tuesday and I have tried another bulb. "
ROW = (
    '<tr><td style="font-family:Arial;color:#333333;padding:4px"><p class="MsoNormal">'
    '<span style="font-size:11pt">{}</span></p></td></tr>'
)


def realistic(rows: int) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Carl Customer <carl@customer.example>"
    mail["To"] = "Help <help@answerable.example>"
    mail["Subject"] = "Re: [#4711] Die Lampe im Flur – sie flackert noch"
    mail["Message-ID"] = "<lamp-2@customer.example>"
    mail["In-Reply-To"] = "<lamp-1@answerable.example>"
    mail["References"] = "<lamp-0@customer.example> <lamp-1@answerable.example>"
    for number in range(6):
        mail["Received"] = f"from relay{number}.example by mx{number}.example; 1 Jan 2026 10:00"
    head = "Am Mo., 3. Feb. 2025 um 10:15 Uhr schrieb Help <help@answerable.example>:"
    quoted = "\n".join(f"> {PARAGRAPH}" for _ in range(rows // 2))
    mail.set_content(f"Hello,\n\n{PARAGRAPH * 3}\n\nKind regards\nCarl\n\n{head}\n\n{quoted}\n")
    table = "".join(ROW.format(PARAGRAPH) for _ in range(rows))
    page = (
        f'<html><body><div dir="ltr">{PARAGRAPH * 3}<img src="https://x.example/logo.png"></div>'
        f'<div class="gmail_quote"><div>{head}</div><blockquote class="gmail_quote">'
        f"<table>{table}</table></blockquote></div></body></html>"
    )
    mail.add_alternative(page, subtype="html")
    mail.add_attachment(b"%PDF-1.4 " * 300, maintype="application", subtype="pdf", filename="a.pdf")
    return mail.as_bytes()


def with_the_stdlib(raw: bytes) -> None:
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    str(mail["subject"]), str(mail["from"]), str(mail["to"])
    for form in ("plain", "html"):
        body = mail.get_body((form,))
        if body is not None:
            body.get_content()
    for part in mail.iter_attachments():
        part.get_content()


def cpu_ms(work: Callable[[bytes], object], raw: bytes, rounds: int) -> float:
    """The median, in milliseconds of this thread's own time."""
    times = []
    for _ in range(rounds):
        started = time.thread_time()
        work(raw)
        times.append((time.thread_time() - started) * 1000)
    return round(statistics.median(times), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100)
    rounds = parser.parse_args().rounds
    for rows in (60, 110):
        raw = realistic(rows)
        ours, floor = cpu_ms(read, raw, rounds), cpu_ms(with_the_stdlib, raw, rounds)
        line = {"bench": "reading", "kilobytes": round(len(raw) / 1024, 1), "cpu_ms": ours}
        print(json.dumps({**line, "floor": {"tool": "stdlib email", "cpu_ms": floor}}))


if __name__ == "__main__":
    main()
