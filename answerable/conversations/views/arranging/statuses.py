"""Statuses: a workspace's own names inside the fixed categories."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from answerable.conversations.forms.arranging import StatusForm, StatusRemovalForm
from answerable.conversations.models import Category, Status
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.moving import move
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_asking, show_settings

MEANINGS = {
    Category.NEW: gettext_lazy("Nobody has answered yet."),
    Category.OPEN: gettext_lazy("It is our turn."),
    Category.WAITING: gettext_lazy("It is the customer's turn, or somebody else's."),
    Category.SNOOZED: gettext_lazy("Put aside until a moment, then back by itself."),
    Category.RESOLVED: gettext_lazy("Settled, until the customer writes again."),
}


@door.member(Right.SETTINGS)
@require_GET
def statuses(request: MemberRequest) -> HttpResponse:
    counted = Status.objects.visible_to(request.member).annotate(used=Count("conversation"))
    # What is grouped has no order of its own.
    found = list(counted.order_by("position", "pk"))
    groups = [
        (category, meaning, [each for each in found if each.category == category])
        for category, meaning in MEANINGS.items()
    ]
    context = {"categories": groups}
    return show_settings(request, "statuses", "conversations/arranging/statuses.html", context)


@door.member(Right.SETTINGS)
def status_new(request: MemberRequest) -> HttpResponse:
    category = request.GET.get("category", "")
    new = Status(category=category if category in Category.values else Category.OPEN)
    return _write(request, new)


@door.member(Right.SETTINGS)
def status(request: MemberRequest, own_status: int) -> HttpResponse:
    return _write(request, _find(request, own_status))


@door.member(Right.SETTINGS)
@require_POST
def status_place(request: MemberRequest, own_status: int) -> HttpResponse:
    """One place up or down in its category."""
    found = _find(request, own_status)
    siblings = Status.objects.visible_to(request.member).filter(category=found.category)
    move(found, siblings, request.POST.get("towards", ""))
    return redirect("statuses", request.member.workspace.slug)


@door.member(Right.SETTINGS)
def status_removal(request: MemberRequest, own_status: int) -> HttpResponse:
    found = _find(request, own_status)
    form = StatusRemovalForm(request.POST or None, status=found, by=request.member)
    back = reverse("statuses", args=[request.member.workspace.slug])
    if request.method == "POST" and form.is_valid():
        found.remove(into=form.cleaned_data["into"])
        messages.success(request, _("The status %s is removed.") % found.name)
        return redirect(back)
    context = {
        "title": _("Remove %s?") % found.name,
        "words": _(
            "Its conversations go to another status of the category “%(category)s”, so that "
            "nothing changes about whose turn it is. What was written of it in the past stays."
        )
        % {"category": found.get_category_display()},
        "label": _("Remove the status"),
        "field": form["into"],
        "back": back,
    }
    return show_asking(request, "statuses", context, status=422 if form.errors else 200)


def _write(request: MemberRequest, found: Status) -> HttpResponse:
    form = StatusForm(request.POST or None, instance=found, by=request.member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The status %s is saved.") % found.name)
        return redirect("statuses", request.member.workspace.slug)
    context = {"form": form, "status": found}
    code = 422 if form.errors else 200
    page = "conversations/arranging/status.html"
    return show_settings(request, "statuses", page, context, status=code)


def _find(request: MemberRequest, pk: int) -> Status:
    return get_object_or_404(Status.objects.visible_to(request.member), pk=pk)
