"""Drafts and the files that wait in them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from answerable.conversations.channel import channel_of
from answerable.conversations.models import Attachment, Conversation, Draft
from answerable.files.models import File
from answerable.masking import mask_filename
from answerable.workspaces.models import Member

if TYPE_CHECKING:
    Upload = UploadedFile[Any]

MOST_FILES = 50


class TooLarge(Exception):
    """A file is larger than the channel can carry."""


def draft_of(conversation: Conversation, member: Member, kind: str) -> Draft:
    draft, is_new = Draft.objects.get_or_create(
        conversation=conversation,
        member=member,
        kind=kind if kind in Draft.Kind.values else Draft.Kind.REPLY,
        defaults={"workspace_id": conversation.workspace_id},
    )
    if not is_new:
        draft.updated_at = timezone.now()
    return draft


def keep_files(draft: Draft, files: Iterable["Upload"]) -> None:
    """Attach what was uploaded. Raises TooLarge before anything is kept."""
    files = list(files)[:MOST_FILES]
    if not files or draft.conversation is None:
        return
    largest = channel_of(draft.conversation.inbox).capabilities.largest_file
    for file in files:
        if (file.size or 0) > largest:
            raise TooLarge(file.name)
    for file in files:
        _keep(draft, file)


def _keep(draft: Draft, file: "Upload") -> None:
    content = file.read()
    media_type = (file.content_type or "application/octet-stream")[:120]
    Attachment.objects.create(
        workspace_id=draft.workspace_id,
        conversation_id=draft.conversation_id,
        draft=draft,
        file=File.objects.of_content(draft.workspace_id, content, media_type),
        name=mask_filename(file.name or "file")[:250],
        media_type=media_type,
        size=len(content),
    )
