"""What people wrote that must not become a header, a recipient, or a dead worker (T100)."""

import pytest

from answerable.channels.email.models import Delivery
from answerable.channels.email.outgoing import fields
from answerable.channels.email.outgoing.letterhead import Wording, clean
from answerable.channels.email.outgoing.tests.letters import sent
from answerable.conversations.models import Attachment, Message
from answerable.files.models import File
from answerable.kit.due import work_off

BREAKS = ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x0c", "\x85", "\x1e"]
ONCE = ["From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version"]


@pytest.mark.parametrize("line_end", BREAKS)
def test_t100_a_name_a_subject_and_a_file_name_add_no_header(broken_lamp, ada, account, line_end):
    evil = f"Lamp{line_end}Bcc: eve@evil.example{line_end}X-Evil: yes"
    broken_lamp.subject = evil
    ada.display_name = account.from_name = evil
    account.save()
    file = File.objects.of_content(ada.workspace_id, b"%PDF", "application/pdf")
    named = Attachment.objects.create(workspace=ada.workspace, file=file, name=evil)
    broken_lamp.reply("Hello", by=ada, attachments=[named])

    (mail,) = sent()

    assert [len(mail.get_all(name)) for name in ONCE] == [1] * len(ONCE)
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert [a.addr_spec for a in mail["To"].addresses] == ["carl@customer.example"]


@pytest.mark.parametrize("line_end", BREAKS)
def test_t100_an_address_with_a_line_end_fails_and_stops_nothing(broken_lamp, ada, line_end):
    bad = broken_lamp.reply("Hello", by=ada)
    Message.objects.filter(pk=bad.pk).update(to=[f"carl@x.example{line_end}Bcc: eve@evil.example"])
    broken_lamp.reply("Hello again", by=ada)

    (mail,) = sent()

    assert mail.get_body(("plain",)).get_content().startswith("Hello again")
    failed = Delivery.objects.get(message=bad)
    assert (failed.state, failed.next_at) == ("failed", None)
    assert "is not an address" in failed.answer


@pytest.mark.parametrize("line_end", BREAKS)
def test_t100_a_message_id_with_a_line_end_is_left_out(broken_lamp, ada, line_end):
    broken_lamp.messages.update(message_id=f"<a@b>{line_end}Bcc: eve@evil.example")
    broken_lamp.reply("Hello", by=ada)

    (mail,) = sent()

    assert (mail["In-Reply-To"], mail["References"], mail["Bcc"]) == (None, None, None)


@pytest.mark.parametrize("line_end", [*BREAKS, "\x00"])
def test_t100_no_field_has_a_line_end_in_it(line_end):
    with pytest.raises(fields.Unbuildable):
        fields.field("X-Lamp", f"on{line_end}Bcc: eve@evil.example")
    with pytest.raises(fields.Unbuildable):
        fields.on_the_wire(f"carl@x.example{line_end}Bcc: eve@evil.example")

    assert fields.field("Subject", fields.words(f"on{line_end}off")).count(b"\r\n") == 1


def test_a_bad_key_fails_with_words_and_stops_nothing(broken_lamp, ada, account):
    account.dkim_selector, account.dkim_key = "s", "no key at all"
    account.save()
    broken_lamp.reply("Hello", by=ada)

    work_off(Delivery)

    delivery = Delivery.objects.get()
    assert delivery.state == "failed"
    assert delivery.answer.startswith("It could not be signed")


def test_html_is_without_scripts_and_without_pictures_from_elsewhere():
    evil = (
        '<b onclick="x()">Hi</b><script>x()</script><img src="https://evil.example/p.gif">'
        '<link rel="stylesheet" href="https://evil.example/s.css">'
        '<a href="javascript:x()">y</a><p style="background:url(https://evil.example/b)">z</p>'
    )

    page = Wording("", evil).as_html()

    assert "Hi" in page
    assert "script" not in page
    assert "evil.example" not in page
    assert "onclick" not in page


def test_pictures_of_the_mail_itself_stay():
    assert 'src="cid:lamp"' in clean('<img src="cid:lamp" alt="Lamp">')


def test_text_is_made_from_html_where_there_is_none():
    assert Wording("", "<p>Hello</p><p>there</p>").as_text().startswith("Hello")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada", "Ada <a@b.example>"),
        ("Ada, Inc.", '"Ada, Inc." <a@b.example>'),
        ('A "B" C', r'"A \"B\" C" <a@b.example>'),
        ("", "a@b.example"),
        ("=?utf-8?q?x?=", "=?utf-8?B?PT91dGYtOD9xP3g/PQ==?= <a@b.example>"),
    ],
)
def test_names_are_written_so_that_they_are_read_as_names(name, shown):
    assert fields.mailbox(name, "a@b.example") == shown


def test_a_long_subject_in_any_script_is_read_back(broken_lamp, ada):
    broken_lamp.subject = "Лампа не горит 🕯️ " * 12
    broken_lamp.reply("Hello", by=ada)

    (mail,) = sent()

    assert mail["Subject"] == broken_lamp.subject.strip()
    assert all(len(line) < 79 for line in mail.as_bytes().split(b"\n\n")[0].splitlines())


def test_a_domain_in_another_script_is_written_in_ascii():
    assert fields.on_the_wire("info@bücher.example") == "info@xn--bcher-kva.example"
