"""A conversation that a member begins."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerable.conversations.channel import Unsendable
from answerable.conversations.forms.saying import NewConversationForm
from answerable.conversations.models import SaidOtherwise
from answerable.conversations.views.lists import nav_of
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right


@require_http_methods(["GET", "POST"])
@door.member(Right.ANSWER)
def new(request: MemberRequest) -> HttpResponse:
    form = NewConversationForm(request.member, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(form.start().get_absolute_url())
        except Unsendable as why:
            form.add_error(None, str(why))
        except SaidOtherwise:
            form.add_error(
                None,
                _("This form has begun a conversation already, with other words. Begin another?"),
            )
            form.renew()
            return _form(request, form, 409)
    return _form(request, form, 422 if form.errors else 200)


def _form(request: MemberRequest, form: NewConversationForm, status: int) -> HttpResponse:
    context = {"form": form, "list_key": "", **nav_of(request.member)}
    return show(request, "conversations/new.html", context, status=status)
