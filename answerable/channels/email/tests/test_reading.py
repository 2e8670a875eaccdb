"""Whole letters, as they come."""

from answerable.channels.email.reading import Address, Forwarded, read
from answerable.channels.email.tests.shelf import HEAD, mail, read_letter, read_text


def test_a_plain_letter_is_read():
    letter = read(
        mail(
            "From: Carl <Carl@Customer.Example>",
            "To: help@answerable.example",
            "Subject: =?utf-8?q?Kaputte_Lampe_=E2=98=B9?=",
            "Message-ID: <lamp-1@customer.example>",
            "",
            "It does not light.",
        )
    )

    assert letter.sender == Address("Carl", "Carl@customer.example")
    assert letter.subject == "Kaputte Lampe ☹"
    assert letter.message_id == "lamp-1@customer.example"
    assert letter.new_text == "It does not light."
    assert letter.problems == ()


def test_a_reply_from_gmail_is_told_apart():
    letter = read_letter("gmail_reply_in_german")

    assert letter.new_text == "Danke, sie flackert immer noch."
    assert letter.signature == "Viele Grüße\nMax"
    assert letter.quoted.startswith("Am Mo., 3. Feb. 2025")
    assert letter.answers == ("lamp-1@answerable.example", "lamp-0@customer.example")


def test_a_reply_from_outlook_that_is_only_html_is_told_apart():
    letter = read_letter("outlook_html_reply_in_french")

    assert letter.new_text == "Bonjour,\n\nLa lampe est cassée."
    assert letter.signature == "Marie Dupont\nSociété Lumière"
    assert "Qu'est-ce qui ne va pas ?" in letter.quoted
    assert "<style" not in letter.html


def test_a_forwarded_mail_names_who_wrote_first():
    letter = read_letter("forwarded_from_an_iphone")

    carl = Address("Carl Customer", "carl@customer.example")
    assert letter.forwarded == Forwarded(carl, "Broken lamp", "It does not light.\nCarl")
    assert letter.new_text.startswith("Please take this one.")
    assert "It does not light." in letter.new_text


def test_an_attached_mail_is_kept_and_names_its_writer():
    inner = "From: Dora <dora@customer.example>\r\nSubject: Chair\r\n\r\nIt wobbles."
    letter = read(mail(*HEAD, "Content-Type: message/rfc822", "", inner))

    assert letter.forwarded == Forwarded(
        Address("Dora", "dora@customer.example"), "Chair", "It wobbles."
    )
    assert letter.parts[0].content == inner.encode()


def test_old_forms_are_read_flowed_text_uuencode_and_invitations():
    letter = read_letter("flowed_uuencoded_and_calendar")

    assert letter.new_text == "This line was broken only for the journey."
    assert [part.filename for part in letter.parts] == ["lamp.txt", "invitation.ics"]
    assert letter.parts[0].content == b"the lamp 1\n"


def test_a_signed_letter_is_readable_and_keeps_its_signature():
    letter = read_letter("encrypted_and_signed")

    assert letter.is_signed
    assert letter.new_text == "Signed words."
    assert letter.parts[0].media_type == "application/pgp-signature"


def test_an_encrypted_letter_is_kept_whole():
    letter = read(
        mail(
            *HEAD,
            "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
            "Content-Transfer-Encoding: base64",
            "",
            "c2VjcmV0",
        )
    )

    assert letter.is_encrypted
    assert letter.parts[0].content == b"secret"


def test_an_inline_image_keeps_its_id_and_stays_in_the_html():
    letter = read(
        mail(
            *HEAD,
            'Content-Type: multipart/related; boundary="b"',
            "",
            "--b",
            "Content-Type: text/html",
            "",
            '<p>See <img src="cid:lamp@x"></p>',
            "--b",
            "Content-Type: image/png",
            "Content-ID: <lamp@x>",
            "",
            "PNG",
            "--b--",
        )
    )

    assert letter.parts[0].content_id == "lamp@x"
    assert letter.parts[0].inline
    assert 'src="cid:lamp@x"' in letter.html


def test_a_wrong_or_missing_character_set_is_guessed_and_said():
    letter = read(b"From: a@b.example\r\n\r\nGr\xfc\xdfe aus K\xf6ln, sch\xf6nen Tag")

    assert letter.text == "Grüße aus Köln, schönen Tag"
    assert letter.problems == ("its character set is a guess",)


def test_where_it_was_delivered_is_known():
    letter = read(mail(*HEAD, "Delivered-To: Support+4711@answerable.example", "", "x"))

    assert letter.delivered_to == ("Support+4711@answerable.example",)


def test_what_a_subject_says_does_not_break_lines():
    assert read_text("x", subject="one\r\n two").subject == "one two"
