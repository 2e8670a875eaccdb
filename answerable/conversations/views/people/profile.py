"""The page of one customer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from answerable.conversations.people import conversations_of
from answerable.conversations.rows import page_of
from answerable.conversations.views.people.lists import about_place
from answerable.customers.models import Customer, CustomerNote, Identity
from answerable.customers.profile import AddressForm, CustomerForm, PictureForm
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

NOTES = 50


@door.member(Right.READ)
def profile(request: MemberRequest, customer: int) -> HttpResponse:
    shown = find_customer(request, customer)
    if request.method != "POST" or not request.member.may(Right.CUSTOMERS):
        return profile_page(request, shown)
    form = CustomerForm(request.POST, instance=shown, by=request.member)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("customer", request.member.workspace.slug, shown.pk)
    # What did not pass is not shown as if it were so.
    return profile_page(request, find_customer(request, customer), form=form)


def find_customer(request: MemberRequest, pk: int) -> Customer:
    visible = Customer.objects.visible_to(request.member).select_related("company")
    return get_object_or_404(visible, pk=pk)


def profile_page(request: MemberRequest, customer: Customer, **forms: Any) -> HttpResponse:
    """The whole page, with forms that did not pass in the place of fresh ones."""
    member = request.member
    theirs = conversations_of(member).filter(requester=customer)
    context = about_place(request) | {
        "customer": customer,
        "timeline": page_of(theirs, member, request.GET.get("before", "")),
        "list_key": "open",
    }
    if request.htmx and request.GET.get("before"):
        return show(request, "conversations/people/timeline.html", context)
    notes = CustomerNote.objects.visible_to(member).filter(customer=customer)
    context |= {
        "form": CustomerForm(instance=customer, by=member),
        "address_form": AddressForm(customer=customer),
        "picture_form": PictureForm(customer=customer),
        "identities": Identity.objects.visible_to(member).filter(customer=customer).order_by("pk"),
        "notes": notes.select_related("member")[:NOTES],
        "problem": "",
        "owner": None,
    }
    status = 422 if forms else 200
    return show(request, "conversations/people/profile.html", context | forms, status=status)
