"""Which parts of a mail are its words, and which came along with it."""

import re
from dataclasses import dataclass, field

from answerable.channels.email.reading import marks, tnef, uuencode
from answerable.channels.email.reading.charset import decoded
from answerable.channels.email.reading.flowed import unflowed
from answerable.channels.email.reading.letter import Part
from answerable.channels.email.reading.limits import Bench
from answerable.channels.email.reading.mime import Entity, parse
from answerable.channels.email.reading.names import clean_filename, clean_id, default_name
from answerable.channels.email.reading.opaque import signed_content

META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:\-]{2,40})", re.IGNORECASE)
MOST_OPENED = 3
TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}


@dataclass(slots=True)
class Bodies:
    """The words in both their forms, and all else, in the order of the mail."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    messages: list[Entity] = field(default_factory=list)
    reports: list[Entity] = field(default_factory=list)
    complaints: list[Entity] = field(default_factory=list)
    copies: list[Entity] = field(default_factory=list)
    is_signed: bool = False
    is_encrypted: bool = False


def bodies(mail: Entity, bench: Bench) -> Bodies:
    found = Bodies()
    _collect(mail, found, bench, in_alternative=False)
    return found


def _collect(part: Entity, found: Bodies, bench: Bench, *, in_alternative: bool) -> None:
    if part.is_multipart:
        found.is_signed = found.is_signed or part.media_type == "multipart/signed"
        found.is_encrypted = found.is_encrypted or part.media_type == "multipart/encrypted"
        _collect_children(part, found, bench, in_alternative=in_alternative)
    elif part.is_message and part.children:
        _keep_message(part, found, bench)
    elif _is_words(part):
        _read_words(part, found, bench, in_alternative=in_alternative)
    else:
        _keep(part, found, bench)


def _collect_children(part: Entity, found: Bodies, bench: Bench, *, in_alternative: bool) -> None:
    alternative = in_alternative or part.media_type == "multipart/alternative"
    if part.media_type != "multipart/alternative":
        for child in part.children:
            _collect(child, found, bench, in_alternative=alternative)
        return
    # Whichever form an alternative lacks, the other form stands in for it.
    plain, html = found.plain, found.html
    found.plain, found.html = [], []
    for child in part.children:
        _collect(child, found, bench, in_alternative=True)
    chosen_plain, chosen_html = found.plain, found.html
    found.plain, found.html = plain, html
    found.plain += chosen_plain or [HTML_MARK + text for text in chosen_html]
    found.html += chosen_html or [PLAIN_MARK + text for text in chosen_plain]


OWN_SIGNS = {**marks.TABLE, 0xE000: None, 0: None}
# A text of the one form that stands in a list of the other.
HTML_MARK, PLAIN_MARK = "\ue000html:", "\ue000plain:"


def _is_words(part: Entity) -> bool:
    if part.media_type not in {"text/plain", "text/html"}:
        return part.media_type == "text" or _is_stray_text(part)
    if part.disposition == "attachment":
        return False
    named = part.disposition_parameters.get("filename") or part.parameters.get("name")
    return not named


def _is_stray_text(part: Entity) -> bool:
    """Machine reports in words, outside a report, are the mail's words."""
    return part.media_type in {"message/partial", "text/x-unknown"} and not part.disposition


def _read_words(part: Entity, found: Bodies, bench: Bench, *, in_alternative: bool) -> None:
    content = part.content(bench)
    charset = part.parameters.get("charset", "")
    is_html = part.media_type == "text/html"
    if is_html and not charset and (meta := META_CHARSET.search(content[:4096])):
        charset = meta[1].decode("ascii", "replace")
    text, problem = decoded(content[: bench.limits.html_chars * 4], charset)
    if problem:
        bench.note(problem)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(OWN_SIGNS)
    if is_html:
        _add_html(text, found, bench, in_alternative=in_alternative)
    else:
        _add_plain(text, part, found, bench, in_alternative=in_alternative)


def _add_html(text: str, found: Bodies, bench: Bench, *, in_alternative: bool) -> None:
    text = bench.cut(text, bench.limits.html_chars, "the HTML text")
    found.html.append(text)
    if not in_alternative:
        found.plain.append(HTML_MARK + text)


def _add_plain(
    text: str, part: Entity, found: Bodies, bench: Bench, *, in_alternative: bool
) -> None:
    text = bench.cut(text, bench.limits.text_chars, "the text")
    if part.parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, delsp=part.parameters.get("delsp", "").lower() == "yes")
    text, files = uuencode.cut_out(text)
    found.parts += files
    found.plain.append(text)
    if not in_alternative:
        found.html.append(PLAIN_MARK + text)


def _keep_message(part: Entity, found: Bodies, bench: Bench) -> None:
    is_whole = not part.media_type.endswith("-headers")
    (found.messages if is_whole else found.copies).append(part)
    inner = part.children[0]
    name = _name_of(part) or f"{inner.headers.text('subject')[:80] or 'message'}.eml"
    content = inner.whole
    media_type = "message/rfc822" if is_whole else "text/rfc822-headers"
    found.parts.append(Part(clean_filename(name), media_type, content, _id_of(part)))
    bench.parts += 1


def _keep(part: Entity, found: Bodies, bench: Bench) -> None:
    if part.media_type in {"message/delivery-status", "message/global-delivery-status"}:
        found.reports.append(part)
    elif part.media_type == "message/feedback-report":
        found.complaints.append(part)
    content = part.content(bench)
    if part.media_type in ENCRYPTED:
        _open_signed(content, found, bench)
    name = _name_of(part)
    if part.media_type in TNEF or name.lower() == "winmail.dat":
        files = tnef.unpacked(content, bench)
        if files is not None:
            _keep_unpacked(files, found)
            return
    if not content and not name and not part.headers.fields:
        return
    kept = Part(
        clean_filename(name) or default_name(part.media_type),
        part.media_type,
        content,
        _id_of(part),
        inline=part.disposition == "inline" or bool(_id_of(part)),
    )
    found.parts.append(kept)


def _open_signed(content: bytes, found: Bodies, bench: Bench) -> None:
    """The words of a mail that is signed in one block; without any it must be encrypted."""
    inner = signed_content(content) if bench.opened < MOST_OPENED else None
    if inner is None:
        found.is_encrypted = True
        return
    bench.opened += 1
    found.is_signed = True
    _collect(parse(inner, bench), found, bench, in_alternative=False)


def _keep_unpacked(files: tnef.Unpacked, found: Bodies) -> None:
    if files.text:
        found.plain.append(files.text)
    if files.html:
        found.html.append(files.html)
    found.parts += files.parts


def _name_of(part: Entity) -> str:
    return (
        part.disposition_parameters.get("filename")
        or part.parameters.get("name")
        or part.headers.text("content-description")[:80]
        * (part.media_type.startswith("application/") and part.disposition == "attachment")
        or ""
    )


def _id_of(part: Entity) -> str:
    return clean_id(part.headers.raw("content-id"))
