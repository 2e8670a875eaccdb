"""Inboxes: where conversations arrive, and who sees them."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from answerable.conversations.channel import channel_of
from answerable.conversations.forms.arranging import InboxForm
from answerable.conversations.models import Conversation, Inbox
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_asking, show_settings


@door.member(Right.INBOXES)
@require_GET
def inboxes(request: MemberRequest) -> HttpResponse:
    visible = Inbox.objects.visible_to(request.member)
    found = list(visible.prefetch_related("teams", "members").order_by("name"))
    counted = Inbox.objects.filter(pk__in=[inbox.pk for inbox in found])
    sizes = dict(counted.annotate(size=Count("conversations")).values_list("pk", "size"))
    addresses = _addresses(found)
    context = {"inboxes": [(each, addresses.get(each.pk, ""), sizes[each.pk]) for each in found]}
    return show_settings(request, "inboxes", "conversations/arranging/inboxes.html", context)


def _addresses(found: list[Inbox]) -> dict[int, str]:
    """How each is reached, asked once for each kind of channel."""
    kinds = {inbox.kind: inbox for inbox in found}
    known: dict[int, str] = {}
    for inbox in kinds.values():
        same = [each for each in found if each.kind == inbox.kind]
        known |= channel_of(inbox).addresses(same)
    return known


@door.member(Right.INBOXES)
def inbox_new(request: MemberRequest) -> HttpResponse:
    return _write(request, Inbox())


@door.member(Right.INBOXES)
def inbox(request: MemberRequest, inbox: int) -> HttpResponse:
    return _write(request, _find(request, inbox))


@door.member(Right.INBOXES)
def inbox_removal(request: MemberRequest, inbox: int) -> HttpResponse:
    """Only of an empty one: what customers wrote is never thrown away by a setting."""
    found = _find(request, inbox)
    back = reverse("inboxes", args=[request.member.workspace.slug])
    if Conversation.objects.filter(inbox=found).exists():
        messages.error(
            request, _("%s has conversations, so that it cannot be removed.") % found.name
        )
        return redirect(back)
    if request.method == "POST":
        found.delete()
        messages.success(request, _("The inbox %s is removed.") % found.name)
        return redirect(back)
    context = {
        "title": _("Remove %s?") % found.name,
        "words": _("It has no conversations. Its address, if it has one, takes no more mail."),
        "label": _("Remove the inbox"),
        "back": back,
    }
    return show_asking(request, "inboxes", context)


def _write(request: MemberRequest, found: Inbox) -> HttpResponse:
    form = InboxForm(request.POST or None, instance=found, by=request.member)
    slug = request.member.workspace.slug
    if request.method == "POST" and form.is_valid():
        is_new = found.pk is None
        form.save()
        messages.success(request, _("The inbox %s is saved.") % found.name)
        return redirect("inbox", slug, found.pk) if is_new else redirect("inboxes", slug)
    context = {"form": form, "inbox": found, "way": "", "address": "", "is_empty": False}
    if found.pk:
        channel = channel_of(found)
        context["way"] = channel.settings_of(found)
        context["address"] = channel.addresses([found]).get(found.pk, "")
        context["is_empty"] = not getattr(found, "has_conversations", True)
    status = 422 if form.errors else 200
    page = "conversations/arranging/inbox.html"
    return show_settings(request, "inboxes", page, context, status=status)


def _find(request: MemberRequest, pk: int) -> Inbox:
    arrived = Conversation.objects.filter(inbox=OuterRef("pk"))
    visible = Inbox.objects.visible_to(request.member).annotate(has_conversations=Exists(arrived))
    return get_object_or_404(visible, pk=pk)
