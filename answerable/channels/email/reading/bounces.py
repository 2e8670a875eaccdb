"""Mail that came back: whom it did not reach, why, and which mail of ours it was."""

import email
import re
from dataclasses import dataclass

from flufl.bounce import all_failures

from answerable.channels.email.reading.automatic import DAEMON, SUBJECT
from answerable.channels.email.reading.bodies import Bodies
from answerable.channels.email.reading.bouncewords import (
    BOUNCE_SUBJECT,
    COPY,
    FAILED,
    LEADS,
    NOT_RECIPIENTS,
)
from answerable.channels.email.reading.headers import ids_of
from answerable.channels.email.reading.letter import Failure
from answerable.channels.email.reading.limits import Bench
from answerable.channels.email.reading.mime import Entity
from answerable.channels.email.reading.refusals import (
    REPLY,
    STATUS,
    USUAL_STATUS,
    is_hard,
    reason_of,
    status_in,
)
from answerable.channels.email.reading.reports import ADDRESS, Recipient, failure_of, recipients

MESSAGE_ID = re.compile(r"^[>\s]*Message-ID:\s*(<[^<>\r\n]{3,500}>)", re.IGNORECASE | re.MULTILINE)
RCPT = re.compile(rf"\bRCPT TO:\s*<?({ADDRESS.pattern})", re.IGNORECASE)
GOOD_ACTIONS = {"delivered", "relayed", "expanded", "deliverable"}
MOST_WORDS = 30_000
MOST_FAILURES = 100


@dataclass(frozen=True, slots=True)
class Bounce:
    """What came back; `failures` may be empty when nobody says whom it did not reach."""

    failures: tuple[Failure, ...] = ()


def bounce_in(mail: Entity, found: Bodies, text: str, raw: bytes, bench: Bench) -> Bounce | None:
    """The bounce that this mail is; None when it is none."""
    words = COPY.split(text[:MOST_WORDS], maxsplit=1)[0]
    reported = [one for part in found.reports for one in recipients(part.content(bench))]
    if not reported and "final-recipient:" in text[:MOST_WORDS].lower():
        reported = recipients(text[:MOST_WORDS].encode())  # a report that lost its MIME
    failed = [one for one in reported if one.action not in GOOD_ACTIONS and one.status[:1] != "2"]
    if reported and not failed:
        return None
    if not failed and not _is_suspect(mail, words):
        return None
    failures = [failure_of(one, words) for one in _each_once(failed)]
    if not any(failure.address for failure in failures):
        failures = _in_words(mail, words) or failures or _by_flufl(raw, words)
    if not failures and not _says_failed(mail, words):
        return None
    return Bounce(tuple(failures[:MOST_FAILURES]))


def _each_once(failed: list[Recipient]) -> list[Recipient]:
    once: dict[str, Recipient] = {}
    for one in failed:
        once.setdefault(one.address.lower(), one)
    return list(once.values())


def is_from_a_daemon(mail: Entity) -> bool:
    sender = mail.headers.raw("from")
    match = ADDRESS.search(sender)
    local = match[0].partition("@")[0] if match else sender.strip(' <>"').partition(" ")[0]
    return bool(DAEMON.fullmatch(local)) or "mail delivery" in sender.lower()


def _is_suspect(mail: Entity, words: str) -> bool:
    headers = mail.headers
    subject = headers.text("subject")
    if SUBJECT.match(subject) and not headers.raw("x-failed-recipients"):
        return False
    signs = (
        is_from_a_daemon(mail),
        bool(BOUNCE_SUBJECT.search(subject)),
        headers.raw("return-path").strip() == "<>",
        "x-failed-recipients" in headers,
        mail.media_type == "multipart/report",
    )
    return sum(signs) >= 2 or (any(signs) and bool(FAILED.search(words)))


def _says_failed(mail: Entity, words: str) -> bool:
    has_code = STATUS.search(words) or REPLY.search(words)
    return bool(
        FAILED.search(words) or (BOUNCE_SUBJECT.search(mail.headers.text("subject")) and has_code)
    )


def _in_words(mail: Entity, words: str) -> list[Failure]:
    """From the text alone: addresses that are not ours, each with the words beside it."""
    ours = {
        a.lower()
        for name in ("to", "from", "cc", "reply-to", "delivered-to")
        for a in ADDRESS.findall(mail.headers.raw(name)[:5_000])
    }
    named = ADDRESS.findall(mail.headers.raw("x-failed-recipients")[:5_000])
    named = named or RCPT.findall(words)
    lines = words.split("\n")
    places: dict[str, int] = {}
    for number, line in enumerate(lines[:800]):
        for address in ADDRESS.findall(line[:1_000]):
            name = re.sub(r"^(?:smtp|rfc822)=", "", address.strip(".'`").lower())
            if name not in ours:
                places.setdefault(name, number)
    lead = max((n for n, line in enumerate(lines[:800]) if LEADS.search(line)), default=0)
    places = {name: at for name, at in places.items() if at >= lead} or places
    people = {name: at for name, at in places.items() if not NOT_RECIPIENTS.match(name)}
    places = people or places
    chosen = list(dict.fromkeys(a.lower() for a in named)) or list(places)
    return [
        _failure_beside(lines, address, places.get(address, 0), len(chosen))
        for address in chosen[:MOST_FAILURES]
    ]


def _failure_beside(lines: list[str], address: str, at: int, among: int) -> Failure:
    near = " ".join(lines[max(0, at - 1) : at + 8]) if among > 1 else " ".join(lines)
    status = status_in(near)
    reason = reason_of(status, near.replace(address, ""))
    hard = is_hard(reason, status)
    status = status or USUAL_STATUS.get(reason, "5.0.0")
    return Failure(address, status, reason, hard, near.strip()[:500])


def _by_flufl(raw: bytes, words: str) -> list[Failure]:
    """flufl.bounce knows the forms of some thirty mail systems; its mails are capped here."""
    try:
        temporary, permanent = all_failures(email.message_from_bytes(raw[:150_000]))
    except Exception:  # noqa: BLE001 it reads with the stdlib, which raises on hostile mail
        return []
    status = status_in(words)
    reason = reason_of(status, words)
    found = []
    for addresses, kind in ((permanent, "5"), (temporary, "4")):
        for address in sorted(addresses):
            code = status or USUAL_STATUS.get(reason, f"{kind}.0.0")
            found.append(
                Failure(address.decode("utf-8", "replace"), code, reason, is_hard(reason, code))
            )
    return found


def bounced_id(mail: Entity, found: Bodies, text: str) -> str:
    """The Message-ID of the mail that came back."""
    for part in (*found.messages, *found.copies):
        inner = part.children[0].headers.raw("message-id") if part.children else ""
        for name in ids_of(inner):
            return name
    copy = COPY.split(text[:200_000], maxsplit=1)
    match = MESSAGE_ID.search(copy[-1]) or MESSAGE_ID.search(text[:200_000])
    if match:
        return next(iter(ids_of(match[1])), "")
    return next(iter(mail.headers.ids("in-reply-to", "references")), "")
