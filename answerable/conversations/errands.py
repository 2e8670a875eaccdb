"""Doing an errand, step by step, so that it can be stopped, killed and taken back.

Each step is one transaction: some conversations, and how far the errand has come. A worker that
dies leaves nothing half done, and its successor goes on behind the last conversation.

    what is chosen ─▶ step: what may be seen of the next few ─▶ act ─▶ events noted ─▶ … ─▶ done
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from answerable.conversations.bulk_acts import CannotAct, bound
from answerable.conversations.filtering import Wrong, chosen_by
from answerable.conversations.lists import list_of
from answerable.conversations.marking import MARKS, mark, put_back
from answerable.conversations.models import Conversation, Errand, Event
from answerable.conversations.models.sorting import NotVisible
from answerable.conversations.undoing import CannotUndo, undo
from answerable.kit.due import ForGood, LeaseLost
from answerable.workspaces.models import Counter, Member
from answerable.workspaces.rights import Right

STEP = 20
UNDO = "undo"
State = Errand.State


def matching(errand: Errand, member: Member) -> QuerySet[Conversation]:
    """What an errand for all that match is about, as far as this member may see it now."""
    conditions: dict[str, Any] = errand.conditions or {}
    visible = Conversation.objects.visible_to(member).filter(pk__lte=conditions["until"])
    if conditions.get("tree") is not None:
        try:
            return chosen_by(conditions["tree"], visible, member)
        except Wrong as wrong:
            raise ForGood(str(wrong)) from wrong
    shown = list_of(member, conditions["list"])
    return shown.of(visible, member) if shown else visible.none()


def run(errand: Errand) -> None:
    """Go on with it until it is done or stopped."""
    waiting = Errand.objects.filter(pk=errand.pk, state__in=[State.WAITING, State.RUNNING])
    if not waiting.update(state=State.RUNNING):
        return
    errand.refresh_from_db()
    while _step(errand):
        if errand.lease_until is not None:
            errand.keep()


def _step(errand: Errand) -> bool:
    """The next few; False when there is no more to do."""
    member = _member(errand)
    [[word, value]] = errand.acts
    with transaction.atomic():
        # Locked until commit: the events from here to the end of the step are its own.
        first = Counter.take(errand.workspace_id, "events", 0)
        if word == UNDO:
            last, noted, done, skipped = _undo_some(errand, int(value), member)
        else:
            last, noted, done, skipped = _do_some(errand, word, value, member)
        if word not in MARKS and word != UNDO:
            end = Counter.objects.get(workspace=errand.workspace_id).events
            noted = [[first, end]] if end >= first else []
        return _note(errand, last, noted, done, skipped)


def _note(errand: Errand, last: int, noted: list[Any], done: int, skipped: int) -> bool:
    """How far it has come, unless it was stopped or taken over meanwhile: then nothing was done."""
    errand.done += done
    errand.skipped += skipped
    errand.done_numbers = [*errand.done_numbers, *noted]
    errand.last_pk = last or errand.last_pk
    more = bool(last)
    running = Errand.objects.filter(pk=errand.pk, fence=errand.fence, state=State.RUNNING)
    written = running.update(
        done=errand.done,
        skipped=errand.skipped,
        done_numbers=errand.done_numbers,
        last_pk=errand.last_pk,
        state=State.RUNNING if more else State.DONE,
    )
    if not written:
        raise LeaseLost(str(errand.pk))
    errand.state = State.RUNNING if more else State.DONE
    return more


def _member(errand: Errand) -> Member:
    """Whoever gave it, with the rights that they have now."""
    member = Member.objects.select_related("role", "workspace", "user").get(pk=errand.member_id)
    if not (member.user.is_active and member.may(Right.READ)):
        raise ForGood("Its member may not do this any more.")
    return member


def _do_some(
    errand: Errand, word: str, value: str, member: Member
) -> tuple[int, list[Any], int, int]:
    """The last one of these few (0 for none), what to note, how many were done and left out."""
    pks = _next(errand, member)
    if not pks:
        return 0, [], 0, 0
    visible = Conversation.objects.visible_to(member).exclude(shelf="merged")
    found = visible.filter(pk__in=pks).select_related("workspace", "assignee", "inbox")
    noted, done = [], 0
    try:
        verb = None if word in MARKS else bound(word, value, member)
    except CannotAct as gone:
        raise ForGood("What it names is not there any more.") from gone
    for conversation in found.order_by("pk"):
        if verb is None:
            was = mark(conversation, word, by=member)
            noted += [] if was is None else [[conversation.pk, was]]
        else:
            try:
                verb(conversation)
            except NotVisible:
                continue
        done += 1
    return pks[-1], noted, done, len(pks) - done


def _next(errand: Errand, member: Member) -> Sequence[int]:
    if errand.conditions is None:
        return [pk for pk in errand.chosen if pk > errand.last_pk][:STEP]
    behind = matching(errand, member).filter(pk__gt=errand.last_pk)
    return list(behind.order_by("pk").values_list("pk", flat=True)[:STEP])


def _undo_some(errand: Errand, of: int, member: Member) -> tuple[int, list[Any], int, int]:
    """Its last_pk counts what has been taken back already, from the end."""
    whole = Errand.objects.visible_to(member).get(pk=of)
    word = whole.acts[0][0]
    entries = list(reversed(whole.done_numbers))[errand.last_pk :][: STEP if word in MARKS else 1]
    if not entries:
        return 0, [], 0, 0
    done = skipped = 0
    visible = Conversation.objects.visible_to(member)
    for first, second in entries:
        if word in MARKS:
            put_back(first, word, second, by=member)
            done += 1
            continue
        events = Event.objects.visible_to(member).filter(member=member)
        for event in events.filter(number__range=(first, second)).order_by("-number"):
            went = _undo_one(event, visible, member)
            done, skipped = done + went, skipped + (not went)
    return errand.last_pk + len(entries), [], done, skipped


def _undo_one(event: Event, visible: QuerySet[Conversation], member: Member) -> bool:
    conversation = visible.filter(pk=event.conversation_id).select_related("workspace").first()
    later = Event.objects.filter(conversation=event.conversation_id, kind=event.kind)
    by_others = later.filter(number__gt=event.number).exclude(member=member)
    if conversation is None or by_others.exists():
        return False
    event.conversation = conversation
    try:
        with transaction.atomic():
            undo(event, by=member)
    except (CannotUndo, NotVisible):
        return False
    return True
