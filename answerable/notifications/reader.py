"""Reads the event log and tells members what others did.

event ─▶ who is concerned? ─ may they see it? ─▶ Notification (once) ─▶ Notice (a mail)
"""

from collections.abc import Iterable, Sequence

from answerable.conversations.models import Event
from answerable.notifications.letter import notice_of
from answerable.notifications.models import Notification
from answerable.workspaces.models import Member
from answerable.workspaces.models.notice import post


def tell_members(events: Sequence[Event]) -> None:
    """Tell those concerned. Running twice tells them once."""
    for event in events:
        for member in _concerned(event):
            told, is_new = Notification.objects.get_or_create(
                member=member, event=event, defaults={"workspace_id": event.workspace_id}
            )
            if is_new and (notice := notice_of(told)):
                post(notice)


def _concerned(event: Event) -> Iterable[Member]:
    pks = {pk for pk in _pks(event) if pk and pk != event.member_id}
    if not pks:
        return
    here = Member.objects.at_work().filter(workspace=event.workspace_id, pk__in=pks)
    for member in here.select_related("user", "role"):
        # Access may have ended since they were assigned or mentioned (T050).
        if event.conversation.is_visible_to(member):
            yield member


def _pks(event: Event) -> Iterable[int | None]:
    """Those whom it concerns, before asking what they may see."""
    assignee = event.conversation.assignee_id
    if event.kind == Event.Kind.RECEIVED:
        is_machine = event.message is not None and event.message.is_automatic
        return [] if is_machine else [assignee]
    if event.kind == Event.Kind.NOTED:
        return [assignee, *event.particulars.get("mentions", [])]
    if event.kind == Event.Kind.REPLIED:
        return [assignee]
    if event.kind == Event.Kind.ASSIGNED:
        return [event.particulars.get("to")]
    if event.kind in {Event.Kind.BOUNCED, Event.Kind.DELIVERY_CHANGED}:
        return [event.message.member_id if event.message else None]
    return []
