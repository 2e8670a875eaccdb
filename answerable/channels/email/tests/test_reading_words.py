"""New words, quotation and signature, in the languages and programs of customers."""

import pytest

from answerable.channels.email.reading.words import told_apart
from answerable.channels.email.tests.shelf import read_html, read_text

ATTRIBUTION_LINES = """
On Mon, 3 Feb 2025 at 10:15, Ada <ada@x.example> wrote:
Am Mo., 3. Feb. 2025 um 10:15 Uhr schrieb Ada <ada@x.example>:
Le lun. 3 févr. 2025 à 10:15, Ada <ada@x.example> a écrit :
El lun, 3 feb 2025 a las 10:15, Ada (<ada@x.example>) escribió:
Il giorno lun 3 feb 2025 alle ore 10:15 Ada <ada@x.example> ha scritto:
Em seg., 3 de fev. de 2025 às 10:15, Ada <ada@x.example> escreveu:
Op ma 3 feb 2025 om 10:15 schreef Ada <ada@x.example>:
Den mån 3 feb. 2025 kl 10:15 skrev Ada <ada@x.example>:
man. 3. feb. 2025 kl. 10.15 skrev Ada <ada@x.example>:
ma 3. helmik. 2025 klo 10.15 Ada (ada@x.example) kirjoitti:
pon., 3 lut 2025 o 10:15 Ada <ada@x.example> napisał(a):
po 3. 2. 2025 v 10:15 odesílatel Ada <ada@x.example> napsal:
пн, 3 февр. 2025 г. в 10:15, Ada <ada@x.example>:
пн, 3 лют. 2025 р. о 10:15 Ada <ada@x.example> пише:
3 Şub 2025 Pzt, 10:15 tarihinde Ada <ada@x.example> şunu yazdı:
Ada <ada@x.example> 于2025年2月3日周一 10:15写道:
2025年2月3日(月) 10:15 Ada <ada@x.example>:
2025년 2월 3일 (월) 오전 10:15, Ada <ada@x.example>님이 작성:
في الاثنين، 3 فبراير 2025 في 10:15 ص تمت كتابة ما يلي بواسطة Ada <ada@x.example>:
בתאריך יום ב׳, 3 בפבר׳ 2025 ב-10:15 מאת Ada <ada@x.example>:
Στις Δευ 3 Φεβ 2025 στις 10:15 π.μ., ο χρήστης Ada <ada@x.example> έγραψε:
Ada <ada@x.example> ezt írta (időpont: 2025. febr. 3., H, 10:15):
lun., 3 feb. 2025 la 10:15, Ada <ada@x.example> a scris:
Vào Th 2, 3 thg 2, 2025 vào lúc 10:15 Ada <ada@x.example> đã viết:
-----Original Message-----
-----Ursprüngliche Nachricht-----
-------- Messaggio originale --------
"""
ATTRIBUTIONS = ATTRIBUTION_LINES.strip().splitlines()

BLOCKS = [
    ("From", "Sent", "To", "Subject"),
    ("Von", "Gesendet", "An", "Betreff"),
    ("De ", "Envoyé ", "À ", "Objet "),
    ("De", "Enviado el", "Para", "Asunto"),
    ("Da", "Inviato", "A", "Oggetto"),
    ("Van", "Verzonden", "Aan", "Onderwerp"),
    ("Från", "Skickat", "Till", "Ämne"),
    ("Fra", "Sendt", "Til", "Emne"),
    ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    ("Od", "Wysłano", "Do", "Temat"),
    ("От", "Отправлено", "Кому", "Тема"),
    ("Kimden", "Gönderildi", "Kime", "Konu"),
    ("发件人", "发送时间", "收件人", "主题"),
    ("差出人", "送信日時", "宛先", "件名"),
    ("보낸 사람", "날짜", "받는 사람", "제목"),
    ("מאת", "נשלח", "אל", "נושא"),
    ("من", "تاريخ", "إلى", "الموضوع"),
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
@pytest.mark.parametrize("old", ["> Old words.\n> More.", "Old words.\nMore."])
def test_what_stands_below_an_attribution_is_quoted(line, old):
    words = told_apart(f"New words.\n\n{line}\n\n{old}")

    assert words.new == "New words."
    assert "Old words." in words.quoted


@pytest.mark.parametrize("labels", BLOCKS)
def test_what_stands_below_a_block_of_headers_is_quoted(labels):
    values = ("Ada <ada@x.example>", "3.2.2025 10:15", "Carl", "Lamp")
    block = "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))

    assert told_apart(f"New words.\n\n{block}\n\nOld words.").new == "New words."


def test_answers_between_quoted_lines_are_new():
    words = told_apart("> Is it on?\n\nYes.\n\n> Is it warm?\n\nNo, cold.")

    assert words.new == "Yes.\n\n\nNo, cold."
    assert "Is it warm?" in words.quoted


def test_our_own_line_ends_the_new_words():
    words = told_apart("Done.\n\n##- Please type your reply above this line -##\n\nOld words.")

    assert words.new == "Done."


def test_an_enquiry_about_a_journey_is_no_block_of_headers():
    text = "From: Berlin\nTo: Paris\nDate: 5 May\n\nIs there a seat?"

    assert told_apart(text).new == text


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("It is broken.\n\n-- \nCarl\nLamps Ltd", "-- \nCarl\nLamps Ltd"),
        ("It is broken.\n\nSent from my iPhone", "Sent from my iPhone"),
        ("It is broken.\n\nVon meinem iPhone gesendet", "Von meinem iPhone gesendet"),
        ("It is broken.\n\nEnvoyé de mon iPad", "Envoyé de mon iPad"),
        ("It is broken.\n\n从我的iPhone发送", "从我的iPhone发送"),
        ("It is broken.\n\niPhoneから送信", "iPhoneから送信"),
        ("It is broken.\n\nMit freundlichen Grüßen\nCarl", "Mit freundlichen Grüßen\nCarl"),
        ("It is broken.\n\nС уважением,\nИван", "С уважением,\nИван"),
        ("It is broken.\n\nPozdrawiam\nJan", "Pozdrawiam\nJan"),
    ],
)
def test_a_signature_is_told_apart(text, signature):
    words = told_apart(text)

    assert (words.new, words.signature) == ("It is broken.", signature)


@pytest.mark.parametrize(
    "text",
    [
        "Sent from my desk, which is where the lamp stands.",
        "I need:\n\n- a bulb\n- a shade",
        "On the one hand it glows.\nOn the other it hums.",
        "Thanks for the lamp. It works.",
    ],
)
def test_words_that_only_look_like_it_stay_new(text):
    words = told_apart(text)

    assert (words.new, words.quoted, words.signature) == (text, "", "")


def test_a_letter_of_nothing_but_quotation_loses_no_word():
    assert "Old words." in read_text("> Old words.\n> More.").new_text


@pytest.mark.parametrize(
    "quotation",
    [
        '<div class="gmail_quote">Lun 3: <blockquote>Old words.</blockquote></div>',
        '<div id="appendonsend"></div><hr><div>Old words.</div>',
        '<div class="ydp1yahoo_quoted">Old words.</div>',
        '<blockquote type="cite">Old words.<br>More.</blockquote>',
        '<div class="protonmail_quote">Old words.</div>',
    ],
)
def test_what_the_html_marks_as_quoted_is_quoted_in_any_language(quotation):
    letter = read_html(f"<div>New words.</div>{quotation}")

    assert letter.new_text == "New words."
    assert "Old words." in letter.quoted
