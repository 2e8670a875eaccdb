from answerable.channels.email.models import Mail
from answerable.channels.email.tests.post import letter, post

REPORT = """\
From: Mail Delivery <mailer-daemon@mx.example>
To: support@demo.example
Subject: Undelivered Mail Returned to Sender
Date: Tue, 24 Nov 2026 10:00:00 +0000
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Nobody lives here.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
From: support@demo.example

--b--
"""


def report(message_id, recipient="carl@customer.example") -> bytes:
    return REPORT.format(message_id=message_id, recipient=recipient).encode()


def test_a_bounce_is_told_where_it_belongs(broken_lamp, ada, support, carl):
    ours = broken_lamp.reply("Try the switch.", by=ada)

    mail = post(report(ours.message_id), support.mail_account, mail_from="")

    ours.refresh_from_db()
    carl.refresh_from_db()
    assert mail.message == ours
    assert ours.delivery == "failed"
    assert "no such user" in carl.bounce_reason or carl.bounced_at
    assert broken_lamp.events.filter(kind="bounced").exists()


def test_T096_a_report_on_a_mail_we_never_sent_is_refused(broken_lamp, support, carl):
    mail = post(report("<made-up@demo.example>"), support.mail_account)

    carl.refresh_from_db()
    assert mail.state == Mail.State.REFUSED
    assert carl.bounced_at is None


def test_T094_an_absence_note_joins_and_reopens_nothing(broken_lamp, ada, support):
    ours = broken_lamp.reply("Try the switch.", by=ada)
    broken_lamp.resolve(by=ada)

    mail = post(
        letter("I am away.", in_reply_to=ours.message_id, auto_submitted="auto-replied"),
        support.mail_account,
    )

    broken_lamp.refresh_from_db()
    assert mail.message.conversation == broken_lamp
    assert broken_lamp.shelf == "resolved"
