"""Other conversations that one could be joined with, the likeliest first."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from answerable.conversations.models import Conversation
from answerable.workspaces.models import Member

MOST = 20
# Words are looked for among the latest, so that a rare word never reads a million rows.
LOOKED_AT = 5_000


def joinable(conversation: Conversation, member: Member, words: str = "") -> QuerySet[Conversation]:
    """By number or words; without either the customer's own. Their open ones come first."""
    others = Conversation.objects.visible_to(member).exclude(pk=conversation.pk)
    others = others.filter(merged_into=None).exclude(shelf__in=["merged", "trash"])
    words = words.strip()[:100]
    own = Q(requester=conversation.requester_id)
    if number := _number(words):
        others = others.filter(number=number)
    elif words:
        latest = others.order_by("-last_activity_at").values("pk")[:LOOKED_AT]
        found = Q(subject__icontains=words) | Q(requester__name__icontains=words)
        others = others.filter(found, Q(pk__in=latest) | own)
    else:
        others = others.filter(own)
    nearness = Case(
        When(own & Q(shelf="open"), then=Value(0)),
        When(own, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    near = others.select_related("requester", "inbox").order_by(nearness, "-last_activity_at")
    return near[:MOST]


def _number(words: str) -> int:
    number = words.removeprefix("#")
    return int(number) if number.isdecimal() and len(number) < 18 else 0
