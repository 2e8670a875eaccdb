"""From the bytes of a mail to a message in a conversation.

raw ─ mask ─ read ─▶ Letter ─ verify ─▶ Verdict ─┬▶ a report about a mail of ours
                                                 ├▶ a member's answer to a notification
                                                 ├▶ refused, with its reason
                                                 └▶ whose thread? ─▶ Conversation.receive
"""

import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from answerable.channels.email.authenticity import Level, Verdict, verify
from answerable.channels.email.by_member import NotTheirs, answer_of, forwarded_by
from answerable.channels.email.models import Mail, MailAccount, MailId
from answerable.channels.email.names import resolver
from answerable.channels.email.reading import Address, Letter, read
from answerable.channels.email.reports import Unasked, take_report
from answerable.channels.email.tokens import parse_message_id
from answerable.channels.email.whose import MOST_ANSWERS, Thread, thread_of
from answerable.conversations.models import Conversation, Message
from answerable.conversations.words import Enclosed, Words
from answerable.customers.models import Block, Identity
from answerable.files.models import File
from answerable.files.store import put
from answerable.kit.secrets import keys_for
from answerable.masking import mask_mail

MOST_COPIED = 20


class Refused(Exception):
    """This mail becomes no message, for the reason given."""


@dataclass(frozen=True)
class Reading:
    """A mail masked, read and judged, before anything is decided."""

    letter: Letter
    verdict: Verdict
    masked: int
    original: bytes


def take_in(mail: Mail) -> None:
    """File a stored mail, or note why not. Safe to run again: a constraint makes it once."""
    mail.account = MailAccount.objects.select_related("inbox", "workspace").get(pk=mail.account_id)
    reading = examine(mail)
    _keep_bytes(mail, reading)
    mark = fingerprint(reading.letter, mail)
    try:
        with transaction.atomic():
            message = _file(reading, mail)
            _settle(mail, reading, Mail.State.FILED, message=message, fingerprint=mark)
    except (Refused, Unasked, NotTheirs) as refusal:
        _settle(mail, reading, Mail.State.REFUSED, reason=str(refusal)[:250])
    except IntegrityError:
        if not _is_filed_already(mail, mark):
            raise
        reason = _("The same mail has been filed already.")
        _settle(mail, reading, Mail.State.REFUSED, reason=reason)


def _keep_bytes(mail: Mail, reading: Reading) -> None:
    """Durable before any row speaks of them: a crash leaves a file too many, never one too few."""
    for content in (reading.original, *(part.content for part in reading.letter.parts)):
        put(mail.workspace_id, content)


def examine(mail: Mail) -> Reading:
    """Read and judge; card numbers are gone before anything of it is written (P61)."""
    raw = bytes(mail.raw or b"")
    original, masked = mask_mail(raw)
    letter = read(original)
    sender = letter.sender.email if letter.sender else ""
    verdict = verify(
        raw,
        peer_ip=mail.peer_ip or "",
        helo=mail.helo,
        mail_from=mail.mail_from,
        sender_email=sender,
        resolver=resolver(),
        trusted_authserv_ids=mail.account.trusted_authserv_ids,
        authentication_results=letter.authentication_results,
    )
    return Reading(letter, verdict, masked, original)


def fingerprint(letter: Letter, mail: Mail) -> str:
    """The same for the same mail, whatever way and however often it came (T103, R07).

    Trace fields differ from way to way, so they do not count. A mail with neither a Message-ID
    nor a date is told from its like by all of its bytes.
    """
    told = hashlib.sha256()
    for part in letter.parts:
        told.update(hashlib.sha256(part.content).digest())
    senders = ",".join(address.email for address in letter.senders)
    date = letter.date.isoformat() if letter.date else ""
    for value in (letter.message_id, senders, date, letter.subject, letter.text, letter.html):
        told.update(value.encode("utf-8", "surrogatepass") + b"\0")
    if not letter.message_id and not date:
        told.update(bytes(mail.raw or b""))
    return told.hexdigest()


def _file(reading: Reading, mail: Mail) -> Message | None:
    letter = reading.letter
    if letter.is_bounce or letter.is_complaint:
        return take_report(letter, mail)
    if answered := answer_of(letter, mail, reading.verdict):
        return answered
    if reason := refusal(letter):
        raise Refused(reason)
    return _receive(reading, mail)


def refusal(letter: Letter) -> str | None:
    if not letter.senders:
        return _("It has no sender that could be answered.")
    if parse_message_id(letter.message_id, keys_for("mail tokens")):
        return _("It is a mail of our own that came back.")
    return None


def _receive(reading: Reading, mail: Mail) -> Message:
    letter = reading.letter
    forwarder = forwarded_by(letter, mail)
    author = letter.forwarded.sender if forwarder and letter.forwarded else None
    thread = Thread(None, forwarder, reading.verdict) if author else None
    thread = thread or thread_of(letter, mail, reading.verdict)
    sender = author or letter.senders[0]
    identity = Identity.objects.of_address(mail.workspace_id, sender.email, sender.name)
    is_blocked = any(Block.objects.stop(mail.workspace_id, each.email) for each in letter.senders)
    known = None if is_blocked else thread.conversation
    conversation = known.locked() if known else _new(letter, mail, identity, is_blocked=is_blocked)
    message = conversation.receive(_words(reading, thread, sender, identity))
    if thread.verdict.is_verified and not author:
        identity.verify(how=thread.verdict.reason)
        _copy_in(conversation, letter, mail)
    _keep_ids(letter, message)
    return message


def _new(letter: Letter, mail: Mail, identity: Identity, *, is_blocked: bool) -> Conversation:
    subject = letter.subject.strip() or _("(no subject)")
    conversation = Conversation.start(mail.account.inbox, identity.customer, subject)
    if is_blocked or identity.customer.blocked:
        conversation.mark_spam(by=None, because=_("its sender is blocked"))
    return conversation


def _words(reading: Reading, thread: Thread, sender: Address, identity: Identity) -> Words:
    letter, verdict = reading.letter, thread.verdict
    is_forward = sender not in letter.senders
    problems = list(letter.problems)
    if letter.reply_to and letter.reply_to[0].email.lower() != sender.email.lower():
        problems.append(_("Answers were asked for at %s.") % letter.reply_to[0].email)
    return Words(
        sender=identity,
        new_text=letter.new_text or ("" if letter.quoted else letter.text),
        quoted=letter.quoted,
        signature=letter.signature,
        html=letter.html,
        from_name=sender.name,
        from_email=sender.email,
        to=[address.email for address in letter.to][:100],
        cc=[address.email for address in letter.cc][:100],
        subject=letter.subject,
        message_id=letter.message_id,
        written_at=letter.date,
        verification=Level.UNVERIFIED if is_forward else verdict.level,
        verification_reason=thread.because if is_forward else verdict.reason,
        joined_because=thread.because,
        is_automatic=letter.is_automatic,
        masked=reading.masked,
        problems=problems,
        files=tuple(
            Enclosed(p.filename, p.content, p.media_type, p.content_id, p.inline)
            for p in letter.parts
        ),
    )


def _copy_in(conversation: Conversation, letter: Letter, mail: Mail) -> None:
    """Those in To and Cc take part from now on; only a proven sender can bring them (T086)."""
    ours = mail.account.addresses
    others = [a for a in (*letter.to, *letter.cc) if a.email.casefold() not in ours]
    for address in others[:MOST_COPIED]:
        if _is_ours(address.email, ours) or not address.email:
            continue
        identity = Identity.objects.of_address(mail.workspace_id, address.email, address.name)
        conversation.take_part(identity)


def _is_ours(email: str, ours: set[str]) -> bool:
    local, _at, domain = email.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" in ours


def _keep_ids(letter: Letter, message: Message) -> None:
    """Its own Message-ID, and those it answers that nobody has, for an original yet to come."""
    own = MailId.hash_of(letter.message_id) if letter.message_id else ""
    answered = {MailId.hash_of(message_id) for message_id in letter.answers[:MOST_ANSWERS]}
    rows = MailId.objects.filter(workspace_id=message.workspace_id, id_hash__in=answered)
    unknown = answered - set(rows.values_list("id_hash", flat=True))
    MailId.objects.bulk_create(
        MailId(workspace_id=message.workspace_id, id_hash=each, message=message)
        for each in sorted(unknown | {own} - {""})
    )


@transaction.atomic(savepoint=False)
def _settle(mail: Mail, reading: Reading, state: str, **result: object) -> None:
    """In one commit: what became of it, and that the raw bytes are gone."""
    original = File.objects.of_content(mail.workspace_id, reading.original, "message/rfc822")
    mail.finish(state=state, original=original, raw=None, filed_at=timezone.now(), **result)


def _is_filed_already(mail: Mail, mark: str) -> bool:
    return Mail.objects.filter(account=mail.account_id, fingerprint=mark).exists()
