"""Whose mail goes to spam, and the way back."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from answerable.customers.forms import BlockForm
from answerable.customers.models import Block
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_settings

MOST = 500


@require_http_methods(["GET", "POST"])
@door.member(Right.SETTINGS)
def blocks(request: MemberRequest) -> HttpResponse:
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.block(by=request.member)
        said = _("Mail from %s goes to spam from now on.") % form.cleaned_data["value"]
        messages.success(request, said)
        return redirect("blocks", request.member.workspace.slug)
    rows = Block.objects.visible_to(request.member).select_related("by").order_by("-at")
    context = {"form": form, "blocks": rows[:MOST]}
    status = 422 if form.errors else 200
    return show_settings(request, "blocks", "customers/blocks.html", context, status=status)


@require_POST
@door.member(Right.SETTINGS)
def block_removal(request: MemberRequest, block: int) -> HttpResponse:
    found = get_object_or_404(Block.objects.visible_to(request.member), pk=block)
    found.delete()
    messages.success(request, _("Mail from %s arrives again.") % found.value)
    return redirect("blocks", request.member.workspace.slug)
