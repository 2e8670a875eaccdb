"""The pane about the customer of a conversation."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from answerable.conversations.linked import links_of
from answerable.conversations.models import Conversation
from answerable.conversations.views.finding import find
from answerable.customers.models import CustomerNote, CustomField, Identity
from answerable.customers.own_fields import Unfit, choices_of, fitting
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

PAGE = "conversations/customer.html"
PANE = "conversations/customer_pane.html"
EARLIER = 8
On = CustomField.On
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
    key, value = request.POST.get("field", ""), request.POST.get("value", "").strip()
    if key in PROFILE:
        setattr(customer, key, value[: PROFILE[key]])
        customer.save(update_fields=[key])
    elif custom := _custom(request).filter(on=On.CUSTOMER, key=key).first():
        try:
            customer.fields = {**customer.fields, key: fitting(custom, value)}
        except Unfit as unfit:
            return _pane(request, conversation, problem=str(unfit))
        customer.save(update_fields=["fields"])
    return _pane(request, conversation)


@require_POST
@door.member(Right.ANSWER)
def conversation_fields(request: MemberRequest, number: int) -> HttpResponse:
    """One custom field of the conversation, changed in place."""
    conversation = find(request, number)
    key, value = request.POST.get("field", ""), request.POST.get("value", "")
    if custom := _custom(request).filter(on=On.CONVERSATION, key=key).first():
        try:
            fit = fitting(custom, value)
        except Unfit as unfit:
            return _pane(request, conversation, problem=str(unfit))
        if fit != conversation.fields.get(key, ""):
            conversation.set_field(key, fit, by=request.member)
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
    return CustomField.objects.visible_to(request.member)


def _filled(own: list[CustomField], on: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    mine = [each for each in own if each.on == on]
    return [(each, choices_of(each), values.get(each.key, "")) for each in mine]


def _pane(request: MemberRequest, conversation: Conversation, problem: str = "") -> HttpResponse:
    customer = conversation.requester
    visible = Conversation.objects.visible_to(request.member)
    own = list(_custom(request).filter(on__in=[On.CUSTOMER, On.CONVERSATION]))
    earlier = visible.filter(requester=customer).exclude(pk=conversation.pk)
    context = {
        "conversation": conversation,
        "customer": customer,
        "identities": Identity.objects.visible_to(request.member).filter(customer=customer),
        "custom_fields": _filled(own, On.CUSTOMER, customer.fields),
        "conversation_fields": _filled(own, On.CONVERSATION, conversation.fields),
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
