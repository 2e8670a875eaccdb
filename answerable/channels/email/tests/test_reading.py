from answerable.channels.email.reading import Address, read


def letter(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def test_a_plain_letter_is_read():
    mail = read(
        letter(
            "From: Carl <Carl@Customer.Example>",
            "To: help@answerable.example",
            "Subject: =?utf-8?q?Kaputte_Lampe_=E2=98=B9?=",
            "Message-ID: <lamp-1@customer.example>",
            "",
            "It does not light.",
        )
    )

    assert mail.sender == Address("Carl", "Carl@customer.example")
    assert mail.subject == "Kaputte Lampe ☹"
    assert mail.message_id == "lamp-1@customer.example"
    assert mail.new_text == "It does not light."
    assert mail.problems == ()
