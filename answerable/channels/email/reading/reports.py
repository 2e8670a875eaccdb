"""RFC 3464 delivery reports and RFC 5965 complaints, field by field."""

import re
from dataclasses import dataclass

from answerable.channels.email.reading.headers import unfolded
from answerable.channels.email.reading.letter import Failure
from answerable.channels.email.reading.refusals import STATUS, is_hard, reason_of, status_in

FIELD = re.compile(
    rb"^([A-Za-z][A-Za-z0-9\-]{1,60}):[ \t]*(.*(?:\r?\n[ \t]+[^\r\n]*)*)", re.MULTILINE
)
ADDRESS = re.compile(r"[^\s<>\"'()\[\],;:]{1,64}@[\w\-]+(?:\.[\w\-]+)*")
BLANK = re.compile(rb"(?:\r?\n[ \t]*){2,}")
MOST_GROUPS = 200


@dataclass(frozen=True, slots=True)
class Recipient:
    """What a report says of one recipient."""

    address: str
    action: str
    status: str
    diagnosis: str


def groups(content: bytes) -> list[dict[str, str]]:
    """The groups of fields of a report; the first is about the message itself."""
    found = []
    for block in BLANK.split(content.strip())[:MOST_GROUPS]:
        fields: dict[str, str] = {}
        for match in FIELD.finditer(block[:20_000]):
            fields.setdefault(match[1].decode("ascii").lower(), unfolded(match[2]))
        if fields:
            found.append(fields)
    return found


def recipients(content: bytes) -> list[Recipient]:
    found: list[Recipient] = []
    for fields in groups(content):
        if not {"final-recipient", "original-recipient", "action", "diagnostic-code"} & set(fields):
            continue
        address = _address(fields)
        status = STATUS.search(fields.get("status", ""))
        action = fields.get("action", "").split(" ")[0].strip().lower()
        diagnosis = fields.get("diagnostic-code", "") or fields.get("x-supplementary-info", "")
        recipient = Recipient(address, action, status[0] if status else "", diagnosis)
        if address or action or diagnosis:
            found.append(recipient)
    return found


def _address(fields: dict[str, str]) -> str:
    for name in ("final-recipient", "original-recipient", "x-actual-recipient", "original-rcpt-to"):
        value = fields.get(name, "").partition(";")[2] or fields.get(name, "")
        match = ADDRESS.search(value)
        if match:
            return match[0].strip(".")
    value = fields.get("final-recipient", "").partition(";")[2].strip()
    return value if re.fullmatch(r"[\w.+\-]{1,64}", value) else ""


def failure_of(recipient: Recipient, words: str) -> Failure:
    """What the report and the words around it say of one who was not reached."""
    said = recipient.diagnosis.partition(";")[2].strip() or recipient.diagnosis
    in_words = status_in(said)
    status = recipient.status
    if in_words and not in_words.endswith(".0.0"):
        status = in_words
    elif not status:
        status = in_words or ("4.0.0" if recipient.action == "delayed" else "5.0.0")
    reason = reason_of(status, said)
    if reason == "undefined" or not said:
        reason = reason_of(status, f"{said} {words}")
    if recipient.action == "delayed" and reason in {"undefined", "userunknown"}:
        reason = "expired"
    return Failure(recipient.address, status, reason, is_hard(reason, status), said[:500])
