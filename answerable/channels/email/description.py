"""A mail and what became of it, as one JSON object for scripts (`answerable take-in --wait`)."""

import hashlib
from typing import Any

from answerable.channels.email.models import Mail
from answerable.channels.email.reading import Letter, Part, read
from answerable.conversations.models import Message


def description(mail: Mail) -> dict[str, Any]:
    """State, reason and place of a mail, and the letter as it was read (masked, never raw)."""
    told: dict[str, Any] = {"mail": mail.pk, "state": mail.state, "reason": mail.reason}
    if mail.original is None:
        return told
    letter = read(mail.original.read())
    message = mail.message
    return told | {
        "conversation": message.conversation.number if message else None,
        "joined": message.joined_because if message else "",
        "message": _letter(letter) | {"verification": _verification(message)},
    }


def _letter(letter: Letter) -> dict[str, Any]:
    sender = letter.senders[0] if letter.senders else None
    return {
        "from_email": sender.email if sender else "",
        "from_name": sender.name if sender else "",
        "to": [address.email for address in letter.to],
        "cc": [address.email for address in letter.cc],
        "subject": letter.subject,
        "body_text": letter.text,
        "reply_text": letter.new_text,
        "signature": letter.signature,
        "html": letter.html,
        "attachments": [_attachment(part) for part in letter.parts],
        "auto_reply": letter.is_automatic,
        "bounce": letter.is_bounce,
        "failures": [
            {"address": f.address, "status": f.status, "reason": f.reason, "hard": f.hard}
            for f in letter.failures
        ],
    }


def _attachment(part: Part) -> dict[str, Any]:
    return {
        "filename": part.filename,
        "size": len(part.content),
        "sha256": hashlib.sha256(part.content).hexdigest(),
        "content_id": part.content_id,
    }


def _verification(message: Message | None) -> dict[str, str]:
    if message is None:
        return {"level": "", "reason": ""}
    return {"level": message.verification, "reason": message.verification_reason}
