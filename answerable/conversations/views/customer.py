"""The pane about the customer of a conversation."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from answerable.conversations.linked import links_of
from answerable.conversations.models import Conversation
from answerable.conversations.views.finding import find
from answerable.customers.models import CustomerNote, CustomField, Identity
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

PAGE = "conversations/customer.html"
PANE = "conversations/customer_pane.html"
EARLIER = 8
PROFILE = {"name": 200, "job_title": 120, "postal_address": 500}


@require_GET
@door.member(Right.READ)
def pane(request: MemberRequest, number: int) -> HttpResponse:
    return _pane(request, find(request, number))


@require_POST
@door.member(Right.CUSTOMERS)
def fields(request: MemberRequest, number: int) -> HttpResponse:
    """One value of the customer, changed in place: of the profile, or a custom field."""
    conversation = find(request, number)
    customer = conversation.requester
    key, value = request.POST.get("field", ""), request.POST.get("value", "").strip()[:500]
    if key in PROFILE:
        setattr(customer, key, value[: PROFILE[key]])
        customer.save(update_fields=[key])
    elif custom := _custom(request).filter(key=key).first():
        if custom.kind == CustomField.Kind.CHOICE and value and value not in custom.options:
            return _pane(request, conversation, problem=_("That is not one of the choices."))
        customer.fields = {**customer.fields, custom.key: value}
        customer.save(update_fields=["fields"])
    return _pane(request, conversation)


@require_POST
@door.member(Right.NOTE)
def notes(request: MemberRequest, number: int) -> HttpResponse:
    conversation = find(request, number)
    if text := request.POST.get("text", "").strip()[:10_000]:
        CustomerNote.objects.create(
            customer=conversation.requester, member=request.member, text=text
        )
    return _pane(request, conversation)


def _custom(request: MemberRequest) -> Any:
    return CustomField.objects.visible_to(request.member).filter(on=CustomField.On.CUSTOMER)


def _pane(request: MemberRequest, conversation: Conversation, problem: str = "") -> HttpResponse:
    customer = conversation.requester
    visible = Conversation.objects.visible_to(request.member)
    earlier = visible.filter(requester=customer).exclude(pk=conversation.pk)
    context = {
        "conversation": conversation,
        "customer": customer,
        "identities": Identity.objects.visible_to(request.member).filter(customer=customer),
        "custom_fields": [(each, customer.fields.get(each.key, "")) for each in _custom(request)],
        "notes": CustomerNote.objects.visible_to(request.member)
        .filter(customer=customer)
        .select_related("member")[:20],
        "earlier": earlier.order_by("-last_activity_at")[:EARLIER],
        "may_change": request.member.may(Right.CUSTOMERS),
        "may_note": request.member.may(Right.NOTE),
        "links": links_of(conversation, request.member),
        "may_link": request.member.may(Right.ANSWER),
        "problem": problem,
        "list_key": "",
    }
    if request.method == "POST" and not request.htmx:
        return HttpResponseRedirect(f"{conversation.get_absolute_url()}")
    return show(request, PANE if request.htmx else PAGE, context)
