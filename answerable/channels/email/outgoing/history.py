"""What was said before, quoted under an answer where the account wants that."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from answerable.conversations.models import Message, Participant

MOST_MESSAGES = 5
MOST_CHARACTERS = 20_000


def history_of(message: Message, takers: Iterable[Participant | None]) -> str:
    """The last messages that all who get this mail have seen already, newest first.

    Whoever joined later, or reads along unseen (None), gets nothing of what was said before.
    """
    earlier = message.conversation.messages.filter(pk__lt=message.pk, is_automatic=False)
    for taker in takers:
        if taker is None or taker.role != Participant.Role.REQUESTER:
            earlier = earlier.filter(created_at__gte=taker.since if taker else timezone.now())
    newest = earlier.order_by("-pk")[:MOST_MESSAGES]
    whole = "\n\n".join(_quoted(each) for each in newest)
    return whole[:MOST_CHARACTERS]


def _quoted(message: Message) -> str:
    when = date_format(timezone.localtime(message.created_at), "DATETIME_FORMAT")
    said = _("On %(when)s, %(name)s wrote:") % {"when": when, "name": message.from_name or "…"}
    return "\n".join([said, *(f"> {line}" for line in message.new_text.splitlines())])
