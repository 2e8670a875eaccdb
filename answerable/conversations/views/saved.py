"""Views: filters that are kept. The page that builds one, and what can be done with it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from answerable.conversations.building import Builder, from_form, from_tree
from answerable.conversations.counting import capped_counts
from answerable.conversations.filtering import chosen_by
from answerable.conversations.forms.views import ViewForm
from answerable.conversations.models import Conversation, View
from answerable.conversations.starting_points import tree_of
from answerable.conversations.views.finding import address
from answerable.conversations.views.lists import nav_of
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

PAGE = "conversations/views/view.html"
BUILDER = "conversations/views/builder.html"


@require_http_methods(["GET", "POST"])
@door.member(Right.READ)
def view_new(request: MemberRequest) -> HttpResponse:
    """Begun from the list or the search that one stands at."""
    view = View(owner=request.member, workspace=request.member.workspace)
    if request.method == "GET":
        view.conditions = tree_of(request.member, request.GET)
    return _write(request, view)


@require_http_methods(["GET", "POST"])
@door.member(Right.READ)
def view(request: MemberRequest, view: int) -> HttpResponse:
    return _write(request, _find(request, view, to_change=request.method == "POST"))


@require_POST
@door.member(Right.READ)
def view_builder(request: MemberRequest) -> HttpResponse:
    """The rows as they are now, after a button or a change, and how many conversations match."""
    builder = from_form(request.POST, request.member)
    builder.change(request.POST.get("act", ""))
    if not request.htmx:
        view = View(owner=request.member, workspace=request.member.workspace)
        form = ViewForm(instance=view, by=request.member, initial=request.POST.dict())
        return _show(request, view, form, builder)
    return show(request, BUILDER, _built(builder))


@require_POST
@door.member(Right.READ)
def view_copy(request: MemberRequest, view: int) -> HttpResponse:
    """One's own, to change as one likes."""
    copy = _find(request, view)
    copy.pk, copy._state.adding = None, True
    copy.owner, copy.team, copy.is_shared = request.member, None, False
    copy.name = (_("%s (copy)") % copy.name)[:80]
    copy.save()
    return redirect("view", request.member.workspace.slug, copy.pk)


@require_POST
@door.member(Right.READ)
def view_removal(request: MemberRequest, view: int) -> HttpResponse:
    found = _find(request, view, to_change=True)
    found.delete()
    messages.success(request, _("The view %s is removed. Its conversations stay.") % found.name)
    return redirect("list", request.member.workspace.slug, "open")


@require_GET
@door.member(Right.READ)
def view_list(request: MemberRequest) -> HttpResponse:
    """All views that this member has."""
    views = _views(request).select_related("owner", "team")
    context = {"views": [(each, each.may_be_changed_by(request.member)) for each in views[:500]]}
    return show(request, "conversations/views/views.html", context | _nav(request))


def _write(request: MemberRequest, found: View) -> HttpResponse:
    if request.method == "GET":
        form = ViewForm(instance=found, by=request.member)
        return _show(request, found, form, from_tree(found.conditions, request.member))
    builder = from_form(request.POST, request.member)
    form = ViewForm(request.POST, instance=found, by=request.member)
    if not (form.is_valid() and builder.check() and builder.is_finished):
        if not builder.is_finished:
            form.add_error(None, _("A condition is not finished. Complete it or take it away."))
        return _show(request, found, form, builder, status=422)
    form.instance.conditions = builder.tree
    saved = form.save()
    messages.success(request, _("The view %s is saved.") % saved.name)
    return redirect(address(request, "list", saved.key))


def _show(
    request: MemberRequest, found: View, form: ViewForm, builder: Builder, status: int = 200
) -> HttpResponse:
    may_change = not found.pk or found.may_be_changed_by(request.member)
    context = {"form": form, "view": found, "may_change": may_change} | _built(builder)
    return show(request, PAGE, context | _nav(request), status=status)


def _built(builder: Builder) -> dict[str, Any]:
    is_right = builder.check()
    count = 0
    if is_right:
        visible = Conversation.objects.visible_to(builder.member)
        matching = chosen_by(builder.tree, visible, builder.member)
        count = capped_counts({"matching": matching})["matching"]
    return {"builder": builder, "is_right": is_right, "count": count}


def _nav(request: MemberRequest) -> dict[str, Any]:
    return {"list_key": ""} | nav_of(request.member)


def _views(request: MemberRequest) -> QuerySet[View]:
    return View.objects.visible_to(request.member).filter(on=View.On.CONVERSATIONS)


def _find(request: MemberRequest, pk: int, *, to_change: bool = False) -> View:
    found = get_object_or_404(_views(request), pk=pk)
    if to_change and not found.may_be_changed_by(request.member):
        raise Http404
    return found
