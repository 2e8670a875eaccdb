"""The poison of THREATS 1.9 and the rows of 1.1 and 1.6 that reading can stop."""

import time
from collections.abc import Callable

import pytest

from answerable.channels.email.reading import Address, Letter, read
from answerable.channels.email.tests.shelf import HEAD, SHELF, mail, read_from, read_letter


def nested(count: int) -> bytes:
    levels = (
        f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(count)
    )
    return mail(*HEAD, "") + "".join(levels).encode() + b"\r\nx"


POISON: dict[str, Callable[[], bytes]] = {
    "five hundred nested comments": lambda: b"From: " + b"(" * 500 + b"a@b.c\r\n\r\nx",
    "a thousand nested multiparts": lambda: nested(1000),
    "a thousand nested mails": lambda: (
        mail(*HEAD, "") + b"Content-Type: message/rfc822\r\n\r\n" * 1000
    ),
    "twenty thousand encoded words": lambda: (
        b"Subject: " + b"=?utf-8?q?=C3=A4?= " * 20_000 + b"\r\n\r\nx"
    ),
    "twenty thousand addresses": lambda: (
        b"To: " + b", ".join(b"a%d@x.example" % n for n in range(20_000)) + b"\r\n\r\nx"
    ),
    "a character set that unpacks": lambda: mail(
        *HEAD, "Content-Type: text/plain; charset=zlib", "", "x"
    ),
    "an unknown character set": lambda: mail(
        *HEAD, "Content-Type: text/plain; charset=unknown-8bit", "", "x"
    ),
    "a bare CR in a header": lambda: b"From: a@b.example\r\nSubject: a\rBcc: c@d.example\r\n\r\nx",
    "a hundred thousand parts": lambda: (
        mail(*HEAD, "Content-Type: multipart/mixed; boundary=b", "", "")
        + b"--b\r\n\r\nx\r\n" * 100_000
    ),
    "deep HTML": lambda: mail(*HEAD, "Content-Type: text/html", "", "<div>" * 100_000),
    "endless attributes": lambda: mail(
        *HEAD,
        "Content-Type: text/html",
        "",
        "<a " + " ".join(f"a{n}=1" for n in range(60_000)) + ">x",
    ),
    "lines that all wrote": lambda: mail(*HEAD, "", "On 1 May 2025 he wrote:\n" * 40_000),
    "lines of headers": lambda: mail(*HEAD, "", "From: a@b.example\nTo: c\n" * 40_000),
    "quotation marks": lambda: mail(*HEAD, "", ">" * 1_000_000),
}


@pytest.mark.parametrize("poison", POISON)
def test_poison_is_read_in_about_a_second_of_cpu(poison):
    raw = POISON[poison]()
    started = time.thread_time()

    letter = read(raw)

    assert isinstance(letter, Letter)
    assert not any("could not be read" in problem for problem in letter.problems)
    assert time.thread_time() - started < 3  # the promise is one; slow machines run tests too


def test_what_is_cut_is_said():
    many = b"From: a@b.example\r\nTo: " + b", ".join(b"a%d@x.example" % n for n in range(600))

    letter = read(many + b"\r\n\r\nx")

    assert len(letter.to) == 500
    assert letter.problems == ("only the first 500 addresses are kept",)


def test_an_empty_element_loses_no_other_recipient():
    letter = read(mail("To: , Carl <carl@customer.example>, ,", "", "x"))

    assert letter.to == (Address("Carl", "carl@customer.example"),)


def test_T007_a_media_type_can_split_no_header_of_ours():
    bad = ('text/html; x="\r\n Set-Cookie: a=b"', '"><svg onload=x>; name=a', "a/b c\x00d; name=a")
    for value in bad:
        letter = read(
            mail(*HEAD, f"Content-Type: {value}", "Content-Disposition: attachment", "", "x")
        )

        assert letter.parts[0].media_type in {
            "text/html",
            "text/plain",
            "application/octet-stream",
            "a/b",
        }


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..%2f..%2fx%00.png", "x.png"),
        ("%E2%80%8B.htaccess", ".htaccess"),
        ("photo%E2%80%AEgnp.exe", "photognp.exe"),
        ("C%3A%5Ctemp%5Cinvoice.pdf", "invoice.pdf"),
        ("...", "file.bin"),
        ("a" * 5000 + ".pdf", "a" * 188 + ".pdf"),
        ("%22%3E%3Csvg onload=x%3E.jpg", '"><svg onload=x>.jpg'),
    ],
)
def test_T008_a_file_name_has_no_folder_no_control_and_an_end(name, kept):
    disposition = f"Content-Disposition: attachment; filename*=utf-8''{name}"
    letter = read(mail(*HEAD, "Content-Type: application/octet-stream", disposition, "", "x"))

    assert letter.parts[0].filename == kept


def test_T098_two_from_headers_have_no_one_sender():
    letter = read_letter("two_from_headers")

    assert [sender.email for sender in letter.senders] == [
        "carl@customer.example",
        "mallory@attacker.example",
    ]
    assert letter.sender is None


def test_T098_the_same_from_twice_has_no_one_sender():
    assert read(mail(HEAD[0], HEAD[0], "", "x")).sender is None


@pytest.mark.parametrize(
    ("value", "senders"),
    [
        ("<a@x.example>,<b@y.example>", ["a@x.example", "b@y.example"]),
        ("<a@x.example> <b@y.example>", ["a@x.example", "b@y.example"]),
        ("attacker(&email=victim@v.example&)@attacker.example", ["attacker@attacker.example"]),
        ("Team: a@x.example;", ["a@x.example"]),
        ("=?utf-8?q?a=40x=2Eexample?=", []),
        ("=?utf-8?q?a=40x=2Eexample?= <b@y.example>", ["b@y.example"]),
        ("a@x.example\x00", []),
        ("<@relay.example:a@x.example>", ["a@x.example"]),
        ('"a@x.example" <b@y.example>', ["b@y.example"]),
        ("a" * 998 + "@x.example", []),
        ("a@x.exam\u200bple", []),
        ('"quoted local"@x.example', ['"quoted local"@x.example']),
    ],
)
def test_T098_every_reader_of_a_from_reads_the_same(value, senders):
    assert [sender.email for sender in read_from(value).senders] == senders


def test_T099_a_bracket_hides_no_second_address():
    letter = read_from("alice@example.org]<bob@example.org>")

    assert letter.sender is None
    assert {sender.email for sender in letter.senders} == {"alice@example.org", "bob@example.org"}


def test_T099_a_comment_is_no_name_and_a_name_no_identity():
    letter = read_from("attacker@attacker.example (&email=victim@v.example)")

    assert letter.sender == Address("", "attacker@attacker.example")


@pytest.mark.parametrize("value", ["", "<>", "< >", "not an id at all", "\x00"])
def test_T103_a_letter_without_a_message_id_is_read(value):
    letter = read(mail("From: carl@customer.example", f"Message-ID: {value}", "", "Hello"))

    assert letter.message_id == ""
    assert letter.new_text == "Hello"


def test_T103_the_first_of_two_message_ids_counts_and_has_no_brackets():
    letter = read(mail("Message-ID: <a@x.example>", "Message-ID: <b@x.example>", "", "x"))

    assert letter.message_id == "a@x.example"


def test_every_letter_on_the_shelf_can_be_stored_as_utf_8():
    for path in SHELF.glob("*.eml"):
        letter = read(path.read_bytes())

        repr(letter).encode()
        assert "\x00" not in letter.text
