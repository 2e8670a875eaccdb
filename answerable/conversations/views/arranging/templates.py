"""Reply templates: words that are written often."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from answerable.conversations.filling import PLACES
from answerable.conversations.forms.templates import ReplyTemplateForm
from answerable.conversations.models import ReplyTemplate
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_asking, show_settings

PAGE = "conversations/arranging/templates.html"


@door.member(Right.ANSWER)
@require_GET
def reply_templates(request: MemberRequest) -> HttpResponse:
    templates = ReplyTemplate.objects.visible_to(request.member).select_related("team", "inbox")
    mine = set(_changeable(request).values_list("pk", flat=True))
    context = {"templates": templates[:1000], "changeable": mine}
    return show_settings(request, "templates", PAGE, context)


@door.member(Right.ANSWER)
def reply_template_new(request: MemberRequest) -> HttpResponse:
    return _write(request, ReplyTemplate())


@door.member(Right.ANSWER)
def reply_template(request: MemberRequest, template: int) -> HttpResponse:
    return _write(request, get_object_or_404(_changeable(request), pk=template))


@door.member(Right.ANSWER)
def reply_template_removal(request: MemberRequest, template: int) -> HttpResponse:
    found = get_object_or_404(_changeable(request), pk=template)
    back = reverse("reply_templates", args=[request.member.workspace.slug])
    if request.method == "POST":
        found.delete()
        messages.success(request, _("The template %s is removed.") % found.name)
        return redirect(back)
    context = {
        "title": _("Remove %s?") % found.name,
        "words": _("What was written with it stays as it is."),
        "label": _("Remove the template"),
        "back": back,
    }
    return show_asking(request, "templates", context)


def _changeable(request: MemberRequest) -> Any:
    """One's own; with the right to set up, also those of others that one sees."""
    seen = ReplyTemplate.objects.visible_to(request.member)
    if request.member.may(Right.SETTINGS):
        return seen
    return seen.filter(Q(owner=request.member))


def _write(request: MemberRequest, found: ReplyTemplate) -> HttpResponse:
    form = ReplyTemplateForm(request.POST or None, instance=found, by=request.member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The template %s is saved.") % found.name)
        return redirect("reply_templates", request.member.workspace.slug)
    places = [(name, label) for name, (label, _finder) in PLACES.items()]
    context = {"form": form, "template": found, "places": places}
    status = 422 if form.errors else 200
    page = "conversations/arranging/template.html"
    return show_settings(request, "templates", page, context, status=status)
