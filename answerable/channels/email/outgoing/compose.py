"""A delivery as the mail that leaves: always the same bytes for the same delivery."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.utils.translation import gettext as _

from answerable.channels.email.models import Delivery
from answerable.channels.email.outgoing import fields
from answerable.channels.email.outgoing.letterhead import Wording
from answerable.channels.email.outgoing.tongue import spoken_in
from answerable.channels.email.reading.names import clean_filename, clean_id
from answerable.channels.email.tokens import BounceToken, ReplyToken, TooLong
from answerable.conversations.models import Attachment, Message
from answerable.kit.secrets import keys_for

MAIL = SMTP.clone(max_line_length=76, cte_type="7bit")


@dataclass(frozen=True)
class Composed:
    """A mail with its envelope."""

    sender: str
    plain_sender: str
    recipient: str
    subject: str
    raw: bytes


def compose(delivery: Delivery) -> Composed:
    """The mail for one recipient. Raises Unbuildable."""
    message = delivery.message
    if message is None:
        raise fields.Unbuildable("Its message is gone.")
    with spoken_in(delivery.workspace):
        head = b"".join(fields.field(name, value) for name, value in head_of(delivery, message))
        body = _body(message).as_bytes(policy=MAIL)
    return Composed(
        sender=_return_path(delivery),
        plain_sender=fields.on_the_wire(delivery.account.address),
        recipient=fields.on_the_wire(delivery.recipient),
        subject=message.subject,
        raw=head + body,
    )


def head_of(delivery: Delivery, message: Message) -> Iterator[tuple[str, str]]:
    """All fields above the body. Bcc is in none of them (T053)."""
    yield "From", fields.mailbox(_shown_name(delivery, message), message.from_email)
    yield "To", fields.mailboxes(message.to)
    if message.cc:
        yield "Cc", fields.mailboxes(message.cc)
    yield "Subject", fields.words(message.subject or _("(no subject)"))
    yield "Date", format_datetime(message.created_at)
    yield "Message-ID", message.message_id
    yield "Reply-To", _reply_to(delivery, message)
    yield from _thread(message)
    if message.is_automatic:
        yield from _automatic(delivery)
    yield "MIME-Version", "1.0"


def _shown_name(delivery: Delivery, message: Message) -> str:
    """Ada at Demo Lamps"""
    account = delivery.account
    alias = account.aliases.filter(address=message.from_email).first()
    company = (alias and alias.from_name) or account.from_name or delivery.workspace.name
    if message.member is None:
        return str(company)
    return _("%(member)s at %(company)s") % {"member": message.from_name, "company": company}


def _reply_to(delivery: Delivery, message: Message) -> str:
    """An address that proves, in an answer, whom we had written to (T086)."""
    if delivery.participant_id is None:
        return fields.on_the_wire(message.from_email)
    token = ReplyToken(message.conversation_id, delivery.participant_id)
    try:
        return fields.on_the_wire(token.address(message.from_email, keys_for("mail tokens")))
    except TooLong:
        return fields.on_the_wire(message.from_email)


def _return_path(delivery: Delivery) -> str:
    """Where the failure of this very delivery is reported (VERP)."""
    token = BounceToken(delivery.pk)
    try:
        return fields.on_the_wire(token.address(delivery.account.address, keys_for("mail tokens")))
    except TooLong:
        return fields.on_the_wire(delivery.account.address)


def _thread(message: Message) -> Iterator[tuple[str, str]]:
    earlier = message.conversation.messages.filter(pk__lt=message.pk).exclude(message_id="")
    kinds = list(earlier.order_by("-pk").values_list("kind", "message_id")[:50])
    if last := fields.message_ids([i for kind, i in kinds if kind == Message.Kind.IN][:1]):
        yield "In-Reply-To", last
    if references := fields.message_ids([i for _kind, i in reversed(kinds)]):
        yield "References", references


def _automatic(delivery: Delivery) -> Iterator[tuple[str, str]]:
    """What tells other machines to keep quiet (RFC 3834; T094)."""
    yield "Auto-Submitted", "auto-replied"
    yield "X-Auto-Response-Suppress", "All"
    yield "Precedence", "bulk"
    yield "X-Loop", fields.on_the_wire(delivery.account.address)


def _body(message: Message) -> EmailMessage:
    wording = Wording(message.new_text, message.html, message.signature, message.quoted)
    mail = EmailMessage(policy=MAIL)
    mail.set_content(wording.as_text())
    mail.add_alternative(wording.as_html(), subtype="html")
    files = list(message.attachments.select_related("file"))
    _enclose_pictures(mail, [file for file in files if _is_shown(file, message)])
    for file in files:
        if not _is_shown(file, message):
            kind, _slash, subtype = _media_type(file)
            mail.add_attachment(
                file.file.read(), kind, subtype, filename=clean_filename(file.name) or "file"
            )
    _fix_boundaries(mail, message)
    return mail


def _enclose_pictures(mail: EmailMessage, pictures: Iterable[Attachment]) -> None:
    page = list(mail.iter_parts())[-1]
    for picture in pictures:
        kind, _slash, subtype = _media_type(picture)
        page.add_related(
            picture.file.read(),
            kind,
            subtype,
            cid=f"<{clean_id(picture.content_id)}>",
            filename=clean_filename(picture.name) or "picture",
            disposition="inline",
        )


def _is_shown(file: Attachment, message: Message) -> bool:
    """Whether the words have a place for this picture."""
    return file.inline and bool(file.content_id) and f"cid:{file.content_id}" in message.html


def _media_type(file: Attachment) -> tuple[str, str, str]:
    kind, slash, subtype = file.media_type.partition("/")
    if kind in {"message", "multipart"} or not (kind.isalnum() and subtype):
        return "application", "/", "octet-stream"
    return kind, slash, subtype


def _fix_boundaries(mail: EmailMessage, message: Message) -> None:
    """Made from the Message-ID, so that a retry is the same mail, byte for byte."""
    for number, part in enumerate(mail.walk()):
        del part["MIME-Version"]
        if part.is_multipart():
            seed = f"{message.message_id} {number}".encode()
            part.set_boundary("=_" + hashlib.sha256(seed).hexdigest()[:40])
