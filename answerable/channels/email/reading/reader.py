"""`read`: bytes in, Letter out, whatever the bytes are."""

from answerable.channels.email.reading.addresses import addresses
from answerable.channels.email.reading.automatic import is_list, reason_for
from answerable.channels.email.reading.bodies import HTML_MARK, PLAIN_MARK, Bodies, bodies
from answerable.channels.email.reading.bounces import bounce_in
from answerable.channels.email.reading.containers import HINTS
from answerable.channels.email.reading.letter import Address, Letter
from answerable.channels.email.reading.limits import Bench, Limits
from answerable.channels.email.reading.markup import text_of
from answerable.channels.email.reading.mime import Entity, parse
from answerable.channels.email.reading.phrases import FORWARD_PREFIX
from answerable.channels.email.reading.sanitised import clean
from answerable.channels.email.reading.words import Words, told_apart

DEFAULT = Limits()


def read(raw: bytes, limits: Limits = DEFAULT) -> Letter:
    """What this mail says. Pure and bounded; never raises, whatever the bytes."""
    bench = Bench(limits)
    if len(raw) > limits.mail_bytes:
        bench.note(f"the mail is cut after {limits.mail_bytes:,} bytes of {len(raw):,}")
        raw = raw[: limits.mail_bytes]
    try:
        return _read(raw, bench)
    except Exception as trouble:  # noqa: BLE001 a mail that we cannot read must not stop the next
        bench.note(f"it could not be read: {type(trouble).__name__}")
        return Letter(text=raw[:10_000].decode("utf-8", "replace"), problems=tuple(bench.problems))


def _read(raw: bytes, bench: Bench) -> Letter:
    mail = parse(raw, bench)
    found = bodies(mail, bench)
    headers = mail.headers
    text = text_in(found)
    senders = addresses(headers.raw_all("from"), bench, lax=True)
    if headers.count("from") > 1 or len(senders) > 1:
        bench.note("more than one address claims to have written it")
    words = words_in(found, senders, is_forward=bool(FORWARD_PREFIX.match(headers.text("subject"))))
    bounce = bounce_in(mail, found, text, raw, bench)
    sender = senders[0].email if senders else headers.raw("from")
    reason = "it came back" if bounce else reason_for(headers, sender)
    return Letter(
        message_id=next(iter(headers.ids("message-id")), ""),
        answers=answers_of(mail),
        senders=senders,
        reply_to=addresses(headers.raw_all("reply-to"), bench),
        to=addresses(headers.raw_all("to"), bench),
        cc=addresses(headers.raw_all("cc"), bench),
        subject=headers.text("subject")[:1_000],
        date=headers.date(),
        text=text,
        new_text=words.new,
        quoted=words.quoted,
        signature=words.signature,
        html=html_in(found),
        parts=tuple(found.parts),
        is_automatic=bool(reason),
        automatic_reason=reason,
        is_bounce=bounce is not None,
        failures=bounce.failures if bounce else (),
        bounced_message_id=bounce.message_id if bounce else "",
        is_complaint=bool(found.complaints),
        is_list=is_list(headers),
        is_signed=found.is_signed,
        is_encrypted=found.is_encrypted,
        authentication_results=tuple(headers.raw_all("authentication-results")),
        problems=tuple(bench.problems),
    )


def answers_of(mail: Entity) -> tuple[str, ...]:
    """Message-IDs that it answers, the nearest first."""
    nearest = mail.headers.ids("in-reply-to")
    older = reversed(mail.headers.ids("references"))
    return tuple(dict.fromkeys((*nearest, *older)))


def text_in(found: Bodies) -> str:
    texts = [
        text_of(text.removeprefix(HTML_MARK)) if text.startswith(HTML_MARK) else text
        for text in found.plain
    ]
    return "\n".join(texts).strip("\n")


def words_in(found: Bodies, senders: tuple[Address, ...], *, is_forward: bool) -> Words:
    """Told apart from the plain form, or from the HTML when only that shows what is quoted."""
    writer = (senders[0].name, senders[0].email) if senders else ("", "")
    plain = "\n".join(text for text in found.plain if not text.startswith(HTML_MARK)).strip("\n")
    words = told_apart(plain, writer=writer, is_forward=is_forward) if plain.strip() else None
    if words and words.has_quote:
        return words
    html = "\n".join(html for html in found.html if not html.startswith(PLAIN_MARK))
    if html and (words is None or HINTS.search(html) or "<blockquote" in html):
        marked = told_apart(
            text_of(html, marked=True), writer=writer, is_forward=is_forward, is_html=True
        )
        if words is None or marked.has_quote:
            return marked
    return words or Words("")


def html_in(found: Bodies) -> str:
    if all(html.startswith(PLAIN_MARK) for html in found.html):
        return ""
    return "\n".join(clean(html) for html in found.html if not html.startswith(PLAIN_MARK))
