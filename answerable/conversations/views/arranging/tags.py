"""Tags: words that group conversations; renamed, merged, removed."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from answerable.conversations.forms.arranging import MergingForm, TagSettingsForm
from answerable.conversations.models import Tag
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_asking, show_settings


@door.member(Right.SETTINGS)
@require_GET
def tag_list(request: MemberRequest) -> HttpResponse:
    counted = Tag.objects.visible_to(request.member).annotate(used=Count("conversations"))
    context = {"tags": counted.order_by("name")}
    return show_settings(request, "tags", "conversations/arranging/tags.html", context)


@door.member(Right.SETTINGS)
def tag_new(request: MemberRequest) -> HttpResponse:
    return _write(request, Tag())


@door.member(Right.SETTINGS)
def tag(request: MemberRequest, tag: int) -> HttpResponse:
    return _write(request, _find(request, tag))


@door.member(Right.SETTINGS)
def tag_merging(request: MemberRequest, tag: int) -> HttpResponse:
    found = _find(request, tag)
    form = MergingForm(request.POST or None, tag=found, by=request.member)
    back = reverse("tag", args=[request.member.workspace.slug, found.pk])
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        found.merge_into(into)
        names = {"tag": found.name, "into": into.name}
        messages.success(request, _("%(tag)s is merged into %(into)s.") % names)
        return redirect("tag_list", request.member.workspace.slug)
    context = {
        "title": _("Merge %s into another tag") % found.name,
        "words": _("Its conversations get the other tag, and this one goes. It cannot be undone."),
        "label": _("Merge the tags"),
        "field": form["into"],
        "back": back,
    }
    return show_asking(request, "tags", context, status=422 if form.errors else 200)


@door.member(Right.SETTINGS)
def tag_removal(request: MemberRequest, tag: int) -> HttpResponse:
    found = _find(request, tag)
    back = reverse("tag_list", args=[request.member.workspace.slug])
    if request.method == "POST":
        found.delete()
        messages.success(request, _("The tag %s is removed.") % found.name)
        return redirect(back)
    used = found.conversations.count()
    context = {
        "title": _("Remove %s?") % found.name,
        "words": ngettext(
            "%(num)s conversation loses this tag. Its history still tells who set it.",
            "%(num)s conversations lose this tag. Their history still tells who set it.",
            used,
        )
        % {"num": used},
        "label": _("Remove the tag"),
        "back": back,
    }
    return show_asking(request, "tags", context)


def _write(request: MemberRequest, found: Tag) -> HttpResponse:
    form = TagSettingsForm(request.POST or None, instance=found, by=request.member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The tag %s is saved.") % found.name)
        return redirect("tag_list", request.member.workspace.slug)
    context = {"form": form, "tag": found}
    status = 422 if form.errors else 200
    page = "conversations/arranging/tag.html"
    return show_settings(request, "tags", page, context, status=status)


def _find(request: MemberRequest, pk: int) -> Tag:
    return get_object_or_404(Tag.objects.visible_to(request.member), pk=pk)
