"""Macros: words and acts that go together."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from answerable.conversations.forms.macros import MacroForm
from answerable.conversations.models import Macro
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_asking, show_settings

PAGE = "conversations/arranging/macros.html"


@door.member(Right.ANSWER)
@require_GET
def macro_list(request: MemberRequest) -> HttpResponse:
    macros = Macro.objects.visible_to(request.member).select_related("team", "inbox")
    mine = set(_changeable(request).values_list("pk", flat=True))
    context = {"macros": macros[:1000], "changeable": mine}
    return show_settings(request, "macros", PAGE, context)


@door.member(Right.ANSWER)
def macro_new(request: MemberRequest) -> HttpResponse:
    return _write(request, Macro())


@door.member(Right.ANSWER)
def macro(request: MemberRequest, macro: int) -> HttpResponse:
    return _write(request, get_object_or_404(_changeable(request), pk=macro))


@door.member(Right.ANSWER)
def macro_removal(request: MemberRequest, macro: int) -> HttpResponse:
    found = get_object_or_404(_changeable(request), pk=macro)
    back = reverse("macro_list", args=[request.member.workspace.slug])
    if request.method == "POST":
        found.delete()
        messages.success(request, _("The macro %s is removed.") % found.name)
        return redirect(back)
    context = {
        "title": _("Remove %s?") % found.name,
        "words": _("What it has done stays as it is."),
        "label": _("Remove the macro"),
        "back": back,
    }
    return show_asking(request, "macros", context)


def _changeable(request: MemberRequest) -> Any:
    """One's own; with the right to set up, also those of others that one sees."""
    seen = Macro.objects.visible_to(request.member)
    if request.member.may(Right.SETTINGS):
        return seen
    return seen.filter(Q(owner=request.member))


def _write(request: MemberRequest, found: Macro) -> HttpResponse:
    form = MacroForm(request.POST or None, instance=found, by=request.member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The macro %s is saved.") % found.name)
        return redirect("macro_list", request.member.workspace.slug)
    context = {"form": form, "macro": found}
    status = 422 if form.errors else 200
    page = "conversations/arranging/macro.html"
    return show_settings(request, "macros", page, context, status=status)
