"""Letters for the tests of reading: files from `letters/`, and mails made of lines."""

from pathlib import Path

from answerable.channels.email.reading import Letter, read

SHELF = Path(__file__).parent / "letters"
HEAD = (
    "From: Carl <carl@customer.example>",
    "To: help@answerable.example",
    "Subject: Lamp",
    "Message-ID: <lamp-1@customer.example>",
)


def read_letter(name: str) -> Letter:
    return read((SHELF / f"{name}.eml").read_bytes())


def mail(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


def read_text(text: str, *, subject: str = "Lamp") -> Letter:
    head = [line.replace("Lamp", subject) if "Subject" in line else line for line in HEAD]
    return read(mail(*head, "Content-Type: text/plain; charset=utf-8", "", text))


def read_html(html: str) -> Letter:
    return read(mail(*HEAD, "Content-Type: text/html; charset=utf-8", "", html))


def read_from(value: str) -> Letter:
    return read(mail(f"From: {value}", "To: help@answerable.example", "", "Hello"))
