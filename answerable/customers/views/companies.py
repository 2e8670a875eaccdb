"""Companies: the list, one of them, and its going."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from answerable.customers.forms import CompanyForm
from answerable.customers.models import Company, Customer
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import show_asking, show_settings

A_PAGE = 50


@door.member(Right.CUSTOMERS)
@require_GET
def companies(request: MemberRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "")[:80].split())
    found = Company.objects.visible_to(request.member)
    if query:
        found = found.filter(Q(name__icontains=query) | Q(domains__domain__icontains=query))
    ordered = found.distinct().order_by("name", "pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    shown = [company.pk for company in page]
    counted = Company.objects.filter(pk__in=shown).annotate(size=Count("customers"))
    context = {
        "page_of": page,
        "companies": Company.objects.filter(pk__in=shown)
        .prefetch_related("domains")
        .order_by("name", "pk"),
        "sizes": dict(counted.values_list("pk", "size")),
        "query": query,
    }
    return show_settings(request, "companies", "customers/companies.html", context)


@door.member(Right.CUSTOMERS)
def company_new(request: MemberRequest) -> HttpResponse:
    return _write(request, Company())


@door.member(Right.CUSTOMERS)
def company(request: MemberRequest, company: int) -> HttpResponse:
    return _write(request, _find(request, company))


@door.member(Right.CUSTOMERS)
def company_removal(request: MemberRequest, company: int) -> HttpResponse:
    found = _find(request, company)
    back = reverse("companies", args=[request.member.workspace.slug])
    if request.method == "POST":
        found.delete()
        messages.success(request, _("The company %s is removed.") % found.name)
        return redirect(back)
    size = found.customers.count()
    words = ngettext(
        "Its customer stays, without a company. Its notes and fields are deleted.",
        "Its %(num)s customers stay, without a company. Its notes and fields are deleted.",
        size,
    )
    context = {
        "title": _("Remove %s?") % found.name,
        "words": words % {"num": size} if size else _("Its notes and fields are deleted."),
        "label": _("Remove the company"),
        "back": back,
    }
    return show_asking(request, "companies", context)


def _write(request: MemberRequest, found: Company) -> HttpResponse:
    form = CompanyForm(request.POST or None, instance=found, by=request.member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _said(found, form.joined))
        return redirect("companies", request.member.workspace.slug)
    people = Customer.objects.visible_to(request.member).filter(company=found.pk)
    context = {
        "form": form,
        "company": found,
        "people": people.order_by("name")[:A_PAGE] if found.pk else [],
    }
    status = 422 if form.errors else 200
    return show_settings(request, "companies", "customers/company.html", context, status=status)


def _said(company: Company, joined: int) -> str:
    saved = _("The company %s is saved.") % company.name
    if not joined:
        return saved
    more = ngettext("%(num)s customer joined it.", "%(num)s customers joined it.", joined)
    return f"{saved} {more % {'num': joined}}"


def _find(request: MemberRequest, pk: int) -> Company:
    return get_object_or_404(Company.objects.visible_to(request.member), pk=pk)
