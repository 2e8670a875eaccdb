"""Where members signed in from, for those who look after that (P24)."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.models import Member, SignIn
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings

PAGE = 100


@door.member(Right.SIGN_INS)
@require_GET
def sign_ins(request: MemberRequest) -> HttpResponse:
    found = SignIn.objects.visible_to(request.member).select_related("user")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found.order_by("-pk")[: PAGE + 1])
    names = Member.objects.visible_to(request.member).values_list("user", "display_name")
    context = {
        "sign_ins": rows[:PAGE],
        "more": rows[PAGE - 1].pk if len(rows) > PAGE else 0,
        "names": dict(names),
    }
    return show_settings(request, "sign-ins", "workspaces/sign_ins.html", context)
