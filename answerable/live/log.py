"""What the hub asks the database. Each function is one visit to it, in a thread of the hub."""

from collections.abc import Iterable
from dataclasses import dataclass

from answerable.conversations.models import Conversation, Event
from answerable.live.frames import News, snapshot, up
from answerable.live.visit import Visit
from answerable.workspaces.models import Counter, Member

AT_ONCE = 500
MOST_MISSED = 200
FAR_BEHIND = 5_000


@dataclass(frozen=True)
class Missed:
    """What a line has to be told first, and up to which event it then knows all."""

    number: int
    frames: list[str]
    watching: set[int]


def heads(workspaces: Iterable[int]) -> dict[int, int]:
    """The number of the newest event of each workspace."""
    rows = Counter.objects.filter(workspace__in=list(workspaces))
    return dict(rows.values_list("workspace_id", "events"))


def news_of(workspace: int, after: int) -> list[News]:
    """What happened in a workspace after an event; for the hub alone, which asks who may know."""
    events = Event.objects.filter(workspace=workspace, number__gt=after).order_by("number")
    return [News(*row) for row in events.values_list("number", "kind", "conversation")[:AT_ONCE]]


def missed_by(visit: Visit, since: int | None, watching: set[int]) -> Missed:
    """What a member may know of the events after `since`; of nothing before when it is None."""
    head = heads([visit.workspace])[visit.workspace]
    seen = seen_by([visit.member], watching)[visit.member] if watching else set()
    frames = [] if since is None else _frames(visit, since, head)
    return Missed(head, [*frames, up(head)], seen)


def seen_by(members: Iterable[int], conversations: Iterable[int]) -> dict[int, set[int]]:
    """For each member, those of the conversations that they may see now."""
    found = Member.objects.at_work().select_related("role").in_bulk(list(members))
    pks = list(conversations)
    return {
        pk: set(
            Conversation.objects.visible_to(found[pk])
            .filter(pk__in=pks)
            .values_list("pk", flat=True)
        )
        if pk in found
        else set()
        for pk in members
    }


def _frames(visit: Visit, since: int, head: int) -> list[str]:
    # A number beyond the newest comes from before a backup was restored.
    if since > head or head - since > FAR_BEHIND:
        return [snapshot(head)]
    member = Member.objects.select_related("role").get(pk=visit.member)
    events = Event.objects.visible_to(member).filter(number__gt=since, number__lte=head)
    rows = events.order_by("number").values_list("number", "kind", "conversation")
    missed = [News(*row) for row in rows[: MOST_MISSED + 1]]
    if len(missed) > MOST_MISSED:
        return [snapshot(head)]
    return [news.frame for news in missed]
