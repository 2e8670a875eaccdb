"""What a member notes for themself: star, follow, mute, unread."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.conversations.marking import MARKS, mark
from answerable.conversations.views.finding import acted, find, refused
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right


@require_POST
@door.member(Right.READ)
def marks(request: MemberRequest, number: int) -> HttpResponse:
    """Note it; the button of the opposite is its way back."""
    conversation = find(request, number)
    word = request.POST.get("mark", "")
    if word not in MARKS:
        return refused(request, conversation, _("There is no such mark."))
    mark(conversation, word, by=request.member)
    said = {
        "star": _("Starred"),
        "unstar": _("No longer starred"),
        "follow": _("You will hear of what happens here"),
        "unfollow": _("You no longer follow it"),
        "mute": _("You will not hear of this again"),
        "unmute": _("You will hear of it again"),
        "read": _("Marked as read"),
        "unread": _("Marked as unread"),
    }[word]
    return acted(request, find(request, number), said, conversation.last_number)
