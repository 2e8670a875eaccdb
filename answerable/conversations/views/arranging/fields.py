"""Custom fields: what a workspace wants to know of customers, companies and conversations."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from answerable.conversations.forms.fields import CustomFieldForm
from answerable.conversations.models import Conversation
from answerable.customers.models import Company, Customer, CustomField
from answerable.customers.stored_values import forget, having
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.moving import move
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_asking, show_settings

On = CustomField.On
MODELS: dict[str, Any] = {On.CUSTOMER: Customer, On.COMPANY: Company, On.CONVERSATION: Conversation}


@door.member(Right.SETTINGS)
@require_GET
def custom_fields(request: MemberRequest) -> HttpResponse:
    found = list(CustomField.objects.visible_to(request.member))
    context = {"kinds_of_rows": [(on, [each for each in found if each.on == on]) for on in On]}
    return show_settings(request, "fields", "conversations/arranging/fields.html", context)


@door.member(Right.SETTINGS)
def custom_field_new(request: MemberRequest) -> HttpResponse:
    on = request.GET.get("on", "")
    return _write(request, CustomField(on=on if on in On.values else On.CUSTOMER))


@door.member(Right.SETTINGS)
def custom_field(request: MemberRequest, field: int) -> HttpResponse:
    return _write(request, _find(request, field))


@door.member(Right.SETTINGS)
@require_POST
def custom_field_place(request: MemberRequest, field: int) -> HttpResponse:
    found = _find(request, field)
    siblings = CustomField.objects.visible_to(request.member).filter(on=found.on)
    move(found, siblings, request.POST.get("towards", ""))
    return redirect("custom_fields", request.member.workspace.slug)


@door.member(Right.SETTINGS)
def custom_field_removal(request: MemberRequest, field: int) -> HttpResponse:
    """With the field go its values: what cannot be seen must not be kept."""
    found = _find(request, field)
    back = reverse("custom_fields", args=[request.member.workspace.slug])
    if request.method == "POST":
        with transaction.atomic():
            forget(_rows(found), found.key)
            found.delete()
        messages.success(request, _("The field %s is removed.") % found.name)
        return redirect(back)
    used = having(_rows(found), found.key).count()
    words = ngettext(
        "It is filled in once. The value goes with it, and cannot be brought back.",
        "It is filled in %(num)s times. The values go with it, and cannot be brought back.",
        used,
    )
    context = {
        "title": _("Remove %s?") % found.name,
        "words": words % {"num": used} if used else _("It has not been filled in yet."),
        "label": _("Remove the field"),
        "back": back,
    }
    return show_asking(request, "fields", context)


def _rows(found: CustomField) -> QuerySet[Any]:
    """Whatever may hold a value: all of the workspace, seen by this member or not."""
    rows: QuerySet[Any] = MODELS[found.on].objects.filter(workspace=found.workspace_id)
    return rows


def _write(request: MemberRequest, found: CustomField) -> HttpResponse:
    form = CustomFieldForm(request.POST or None, instance=found, by=request.member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The field %s is saved.") % found.name)
        return redirect("custom_fields", request.member.workspace.slug)
    context = {"form": form, "field": found}
    status = 422 if form.errors else 200
    page = "conversations/arranging/field.html"
    return show_settings(request, "fields", page, context, status=status)


def _find(request: MemberRequest, pk: int) -> CustomField:
    return get_object_or_404(CustomField.objects.visible_to(request.member), pk=pk)
