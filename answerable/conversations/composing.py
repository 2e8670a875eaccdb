"""What the composer of a conversation is filled with: drafts, addresses, and what may be done."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from answerable.conversations.channel import Capabilities, channel_of
from answerable.conversations.models import Attachment, Conversation, Draft
from answerable.conversations.snoozes import Preset, presets
from answerable.workspaces.models import Member
from answerable.workspaces.rights import Right


@dataclass
class Composer:
    """One form for a reply and one for a note, each with its draft."""

    may_reply: bool
    may_note: bool
    kind: str
    reply: Draft
    note: Draft
    aliases: list[str]
    usual_to: list[str]
    usual_cc: list[str]
    seen_number: int
    capabilities: Capabilities | None = None
    files: dict[str, list[Attachment]] = field(default_factory=dict)
    problem: str = ""
    came_since: bool = False
    is_file_forgotten: bool = False
    presets: list[Preset] = field(default_factory=list)
    is_back: bool = False
    # What tells a form that is sent twice from two forms with the same words.
    once: str = field(default_factory=lambda: uuid.uuid4().hex)


def composer_of(
    conversation: Conversation,
    member: Member,
    kind: str = "",
    files: dict[int, list[Attachment]] | None = None,
    known: Iterable[Draft] | None = None,
) -> Composer:
    """`files` by draft and `known` drafts are those that the caller has already."""
    if known is None:
        known = Draft.objects.visible_to(member).filter(conversation=conversation)
    drafts = {draft.kind: draft for draft in known if draft.member_id == member.pk}
    reply = drafts.get("reply") or Draft(kind="reply")
    note = drafts.get("note") or Draft(kind="note")
    may_reply = member.may(Right.ANSWER) and conversation.shelf not in {"spam", "trash", "merged"}
    channel = channel_of(conversation.inbox)
    usual_to, usual_cc = channel.recipients(conversation) if may_reply else ([], [])
    return Composer(
        may_reply=may_reply,
        may_note=member.may(Right.NOTE),
        kind=kind or ("note" if note.text and not reply.text else "reply"),
        reply=reply,
        note=note,
        aliases=channel.aliases(conversation.inbox) if may_reply else [],
        usual_to=list(reply.to) or usual_to,
        usual_cc=list(reply.cc) or usual_cc,
        seen_number=conversation.last_message_number,
        capabilities=channel.capabilities,
        presets=presets() if may_reply else [],
        files={each.kind: _files(each, files) for each in (reply, note)},
    )


def _files(draft: Draft, files: dict[int, list[Attachment]] | None) -> list[Attachment]:
    if draft.pk is None:
        return []
    return list(draft.attachments.all()) if files is None else files.get(draft.pk, [])
