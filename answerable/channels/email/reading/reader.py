"""`read`: bytes in, Letter out, whatever the bytes are."""

from dataclasses import replace

from answerable.channels.email.reading.addresses import addresses, is_address
from answerable.channels.email.reading.automatic import is_list, reason_for
from answerable.channels.email.reading.bodies import Bodies, bodies
from answerable.channels.email.reading.bounces import bounce_in, bounced_id
from answerable.channels.email.reading.complaints import complaint_in
from answerable.channels.email.reading.forwarded import forwarded_in
from answerable.channels.email.reading.headers import Headers
from answerable.channels.email.reading.letter import Address, Letter
from answerable.channels.email.reading.limits import Bench, Limits
from answerable.channels.email.reading.mime import Entity, parse
from answerable.channels.email.reading.phrases import FORWARD_PREFIX
from answerable.channels.email.reading.texts import html_in, text_in, words_in
from answerable.channels.email.reading.words import Words

DEFAULT = Limits()
DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to")
RESENT = ("resent-from", "resent-to", "resent-cc")


def read(raw: bytes, limits: Limits = DEFAULT) -> Letter:
    """What this mail says. Pure and bounded; never raises, whatever the bytes."""
    bench = Bench(limits)
    if len(raw) > limits.mail_bytes:
        bench.note(f"the mail is cut after {limits.mail_bytes:,} bytes of {len(raw):,}")
        raw = raw[: limits.mail_bytes]
    try:
        letter = _read(raw, bench)
    except Exception as trouble:  # noqa: BLE001 a mail that we cannot read must not stop the next
        bench.note(f"it could not be read: {type(trouble).__name__}")
        letter = Letter(text=raw[:10_000].decode("utf-8", "replace").replace("\x00", ""))
    return replace(letter, problems=tuple(bench.problems))


def _read(raw: bytes, bench: Bench) -> Letter:
    mail = parse(raw, bench)
    found = bodies(mail, bench)
    text = text_in(found)
    headed = _headed(mail.headers, bench)
    is_forward = bool(FORWARD_PREFIX.match(headed.subject))
    words = words_in(found, text, headed.senders, is_forward=is_forward)
    letter = _judged(_told(headed, found, text, words, bench), mail, found, raw, bench)
    if letter.is_automatic or not (words.has_forward or found.messages):
        return letter
    passed_on = forwarded_in(text, found.messages, bench, is_forward=is_forward)
    return replace(letter, forwarded=passed_on)


def _headed(headers: Headers, bench: Bench) -> Letter:
    """What the header says."""
    senders = _senders(headers, bench)
    return Letter(
        message_id=next(iter(headers.ids("message-id")), ""),
        answers=_answers(headers),
        senders=senders,
        reply_to=addresses(headers.raw_all("reply-to"), bench),
        to=addresses(headers.raw_all("to"), bench),
        cc=addresses(headers.raw_all("cc"), bench),
        resent=_plain_addresses(headers, RESENT, bench),
        delivered_to=_plain_addresses(headers, DELIVERED, bench),
        subject=headers.text("subject")[:1_000],
        date=headers.date(),
        is_list=is_list(headers),
        authentication_results=tuple(headers.raw_all("authentication-results")[:50]),
    )


def _senders(headers: Headers, bench: Bench) -> tuple[Address, ...]:
    """Everybody who claims to have written it. Two From headers are two claims, even of one
    address: programs differ in which they believe."""
    fields = headers.raw_all("from")[:5]
    senders = addresses(fields, bench, lax=True)
    if len(fields) > 1 and len(senders) == 1:
        senders *= 2
    if len(senders) > 1:
        bench.note("more than one address claims to have written it")
    if not senders:
        bench.note("nobody says who wrote it")
    return senders


def _answers(headers: Headers) -> tuple[str, ...]:
    """Message-IDs that it answers, the nearest first."""
    nearest = headers.ids("in-reply-to")
    older = reversed(headers.ids("references"))
    return tuple(dict.fromkeys((*nearest, *older)))[:200]


def _plain_addresses(headers: Headers, names: tuple[str, ...], bench: Bench) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in names:
        for address in addresses(headers.raw_all(name), bench):
            if is_address(address.email):
                found[address.email] = None
    return tuple(found)


def _told(letter: Letter, found: Bodies, text: str, words: Words, bench: Bench) -> Letter:
    """What its words say, and what came along."""
    html = ""
    if not bench.is_late:
        html = html_in(found)
    else:
        bench.note("its HTML is left out: reading took too long")
    return replace(
        letter,
        text=text,
        new_text=words.new,
        quoted=words.quoted,
        signature=words.signature,
        html=html,
        parts=tuple(found.parts),
        is_signed=found.is_signed,
        is_encrypted=found.is_encrypted,
    )


def _judged(letter: Letter, mail: Entity, found: Bodies, raw: bytes, bench: Bench) -> Letter:
    """What kind of mail it is: a bounce, a complaint, an automaton's."""
    complaint = complaint_in(found, bench)
    bounce = None if complaint else bounce_in(mail, found, letter.text, raw, bench)
    sender = letter.senders[0].email if letter.senders else mail.headers.raw("from")
    reason = reason_for(mail.headers, sender)
    if complaint or bounce:
        reason = reason or ("it is a complaint" if complaint else "it came back")
    failures = complaint or (bounce.failures if bounce else ())
    returned = bounced_id(mail, found, letter.text) if complaint or bounce else ""
    return replace(
        letter,
        is_automatic=bool(reason),
        automatic_reason=reason,
        is_bounce=bounce is not None,
        failures=failures,
        bounced_message_id=returned,
        is_complaint=bool(complaint),
    )
