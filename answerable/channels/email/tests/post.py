"""Letters as tests write them, and the way they come in."""

from email.message import EmailMessage
from email.utils import format_datetime

from django.utils import timezone

from answerable.channels.email.models import Mail, MailAccount
from answerable.kit.due import work_off


def letter(
    text="Hello", *, sender="Carl <carl@customer.example>", to="support@demo.example", **headers
) -> bytes:
    """A plain mail. Header names are written with underscores."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = headers.pop("subject", "Broken lamp")
    mail["Date"] = format_datetime(timezone.now())
    for name, value in headers.items():
        mail[name.replace("_", "-").title()] = value
    mail.set_content(text)
    return mail.as_bytes()


def store(raw: bytes, account: MailAccount, *, recipient="", mail_from="", peer_ip=None) -> Mail:
    """A mail as a receiver leaves it: durable and not yet read."""
    return Mail.objects.create(
        workspace=account.workspace,
        account=account,
        raw=raw,
        size=len(raw),
        received_by=Mail.By.SMTP,
        mail_from=mail_from,
        recipient=recipient or account.address,
        peer_ip=peer_ip,
    )


def post(raw: bytes, account: MailAccount, **envelope) -> Mail:
    """A mail that was received and taken in."""
    mail = store(raw, account, **envelope)
    work_off(Mail)
    mail.refresh_from_db()
    return mail
