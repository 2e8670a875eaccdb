"""The status page: whether all is well, and what to do where it is not."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.health import Tone, report_for
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings

SECONDS_FRESH = 60


@door.member(Right.SETTINGS)
@require_GET
def health(request: MemberRequest) -> HttpResponse:
    context = {"report": report_for(request.member), "tones": Tone}
    return show_settings(request, "health", "workspaces/health.html", context)


@door.member(Right.SETTINGS)
@require_GET
def health_mark(request: MemberRequest) -> HttpResponse:
    """How much is broken, for the mark at Settings. A browser asks again after a minute."""
    wrong = report_for(request.member).count(Tone.WRONG)
    answer = show(request, "workspaces/health_mark.html", {"wrong": wrong})
    patch_cache_control(answer, private=True, max_age=SECONDS_FRESH)
    return answer
