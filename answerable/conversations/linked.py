"""What a conversation is tied to, as seen from either end."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from answerable.conversations.models import Conversation, Link
from answerable.workspaces.models import Member

MOST = 50
# The same tie, told from its other end.
FROM_THERE = {
    Link.Kind.RELATED: _("is related to"),
    Link.Kind.DUPLICATE: _("has the duplicate"),
    Link.Kind.PARENT: _("has the part"),
    Link.Kind.SPLIT: _("had split off"),
    Link.Kind.MERGED: _("had merged in"),
}
# Those that a member may tie by hand.
CHOICES = [Link.Kind.RELATED, Link.Kind.DUPLICATE, Link.Kind.PARENT]


@dataclass(frozen=True)
class Linked:
    """One tie: in words, and what is at its other end."""

    pk: int
    words: str
    other: Conversation | None
    address: str


def links_of(conversation: Conversation, member: Member) -> list[Linked]:
    either = Q(conversation=conversation) | Q(other=conversation)
    links = Link.objects.visible_to(member).filter(either)
    rows = links.select_related("conversation", "other").order_by("pk")[:MOST]
    return [_seen_from(conversation, link) for link in rows]


def _seen_from(conversation: Conversation, link: Link) -> Linked:
    if link.conversation_id == conversation.pk:
        return Linked(link.pk, link.get_kind_display(), link.other, link.address)
    words = str(FROM_THERE.get(Link.Kind(link.kind), link.get_kind_display()))
    return Linked(link.pk, words, link.conversation, link.address)
