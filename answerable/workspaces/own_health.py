"""What runs beneath a workspace: workers, work that waits, readers of events, the disk."""

import shutil
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.kit.due import Due
from answerable.kit.models import Beat, ReaderCursor
from answerable.kit.server.looks import LATE, LITTLE_DISK
from answerable.look.times import exactly
from answerable.workspaces.health import Section, Sign, Tone
from answerable.workspaces.models import Member

# Said to everybody but those who run the installation.
TELL = gettext_lazy("If you do not run this installation yourself, tell whoever does.")


def signs(member: Member) -> Iterator[Sign]:
    alive = list(Beat.objects.alive())
    yield _workers(alive, member)
    yield _late(member)
    yield _readers(member)
    yield _disk(member)


def has_role(beats: list[Beat], role: str) -> bool:
    return any(role in beat.roles.split(", ") for beat in beats)


def _workers(alive: list[Beat], member: Member) -> Sign:
    about = _("Work in the background")
    if not has_role(alive, "worker"):
        words = _("No worker is running: mail is not filed, answers are not sent.")
        advice = _("Start “answerable run”, or “answerable worker” beside it.")
        return Sign(Tone.WRONG, about, words, f"{advice} {TELL}")
    if trouble := [beat.trouble for beat in alive if beat.trouble]:
        told = trouble[0] if member.user.is_operator else _("A worker reports trouble.")
        return Sign(Tone.WRONG, about, told, _("Its log says more.") + f" {TELL}")
    return Sign(Tone.RIGHT, about, _("A worker is running."))


def _late(member: Member) -> Sign:
    """Work of this workspace that should have been done minutes ago."""
    late = {model: count for model in _due_models() if (count := _late_rows(model, member))}
    about = _("Work that waits")
    if not late:
        return Sign(Tone.RIGHT, about, _("Nothing is late."))
    words = ", ".join(f"{model._meta.verbose_name_plural}: {late[model]}" for model in late)
    return Sign(
        Tone.WRONG,
        about,
        _("Late by more than five minutes: %s.") % words,
        _("The worker is stopped, or has more to do than it can. More workers share the work.")
        + f" {TELL}",
    )


def _due_models() -> list[type[Due]]:
    """Those whose rows belong to a workspace."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Due) and any(field.name == "workspace" for field in model._meta.fields)
    ]


def _late_rows(model: type[Due], member: Member) -> int:
    rows: QuerySet[Any] = model._base_manager.filter(lease_until=None)
    rows = rows.filter(workspace=member.workspace_id)
    return rows.filter(next_at__lt=timezone.now() - LATE).count()


def _readers(member: Member) -> Sign:
    """Search, notifications and the others that follow what happens."""
    about = _("Search and notifications")
    stuck = list(ReaderCursor.objects.stuck().filter(workspace_id=member.workspace_id))
    if not stuck:
        return Sign(Tone.RIGHT, about, _("They keep up with what happens."))
    told = []
    for cursor in stuck:
        name = cursor.reader.rpartition(".")[2].replace("_", " ")
        since = exactly(cursor.failing_since) if cursor.failing_since else "–"
        reason = f" ({cursor.last_error})" if member.user.is_operator else ""
        told.append(_("“%(name)s” since %(since)s") % {"name": name, "since": since} + reason)
    words = ngettext("One is stuck: %s.", "Some are stuck: %s.", len(stuck)) % "; ".join(told)
    advice = _("It is tried again by itself. “answerable check” tells the reason.")
    return Sign(Tone.WRONG, about, words, f"{advice} {TELL}")


def _disk(member: Member) -> Sign:
    free = shutil.disk_usage(settings.DATA).free
    size = _("%d MB are free.") % (free // 1_000_000) if member.user.is_operator else ""
    if free > LITTLE_DISK:
        return Sign(Tone.RIGHT, _("Disk"), size or _("There is room."))
    words = size or _("The disk is nearly full.")
    advice = _("Mail is refused when it is full, and its senders try again. Make room soon.")
    return Sign(Tone.WRONG, _("Disk"), words, f"{advice} {TELL}")


SECTION = Section("system", gettext_lazy("The program"), signs, order=90)
