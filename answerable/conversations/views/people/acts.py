"""What a member does to a customer. Every act is a POST to a noun."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from answerable.conversations.models import Message, Participant
from answerable.conversations.views.people.profile import find_customer, profile_page
from answerable.customers.models import Customer, CustomerNote, Identity
from answerable.customers.profile import AddressForm, PictureForm
from answerable.workspaces import door, pictures
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right


@require_POST
@door.member(Right.CUSTOMERS)
def addresses(request: MemberRequest, customer: int) -> HttpResponse:
    shown = find_customer(request, customer)
    form = AddressForm(request.POST, customer=shown)
    if not form.is_valid():
        return profile_page(request, shown, address_form=form)
    if form.save() is None:
        return profile_page(request, shown, address_form=form, owner=form.owner)
    return _back(request, shown, _("Added."))


@require_POST
@door.member(Right.CUSTOMERS)
def address_removal(request: MemberRequest, customer: int, identity: int) -> HttpResponse:
    shown = find_customer(request, customer)
    own = Identity.objects.visible_to(request.member).filter(customer=shown)
    found = get_object_or_404(own, pk=identity)
    # Who took part stays known: taking the address away would take them out of the thread.
    used = Participant.objects.filter(identity=found).exists()
    if used or Message.objects.filter(identity=found).exists():
        words = _("%s stands in conversations, so it stays. Two customers in one can be parted.")
        return profile_page(request, shown, problem=words % found)
    found.delete()
    return _back(request, shown, _("%s is removed.") % found)


@require_POST
@door.member(Right.NOTE)
def notes(request: MemberRequest, customer: int) -> HttpResponse:
    shown = find_customer(request, customer)
    if text := request.POST.get("text", "").strip()[:10_000]:
        CustomerNote.objects.create(customer=shown, member=request.member, text=text)
    return _back(request, shown)


@require_POST
@door.member(Right.CUSTOMERS)
def picture(request: MemberRequest, customer: int) -> HttpResponse:
    shown = find_customer(request, customer)
    form = PictureForm(request.POST, request.FILES, customer=shown)
    if not form.is_valid():
        return profile_page(request, shown, picture_form=form)
    form.save()
    return _back(request, shown, _("Saved."))


@require_POST
@door.member(Right.CUSTOMERS)
def blocking(request: MemberRequest, customer: int) -> HttpResponse:
    return _block(request, customer, True, _("Blocked. What they write goes to spam."))


@require_POST
@door.member(Right.CUSTOMERS)
def unblocking(request: MemberRequest, customer: int) -> HttpResponse:
    return _block(request, customer, False, _("No longer blocked."))


@require_GET
@door.member(Right.READ)
def shown_picture(request: MemberRequest, name: str) -> HttpResponse:
    """A picture of a customer, by the hash of what is in it."""
    if not Customer.objects.visible_to(request.member).filter(avatar=name).exists():
        raise Http404
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    content = pictures.read(request.member.workspace_id, name)
    return HttpResponse(content, content_type="image/webp", headers=headers)


def _block(request: MemberRequest, pk: int, blocked: bool, said: str) -> HttpResponse:
    shown = find_customer(request, pk)
    Customer.objects.filter(pk=shown.pk).update(blocked=blocked)
    return _back(request, shown, said)


def _back(request: MemberRequest, customer: Customer, said: str = "") -> HttpResponse:
    if said:
        messages.success(request, said)
    return redirect("customer", request.member.workspace.slug, customer.pk)
