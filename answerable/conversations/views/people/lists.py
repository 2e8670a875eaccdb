"""The list of customers, and a company with its people and conversations."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from answerable.conversations.people import conversations_of, found, people_page
from answerable.conversations.rows import page_of
from answerable.customers.models import Company
from answerable.look.pages import show
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right

LONGEST = 100


@require_GET
@door.member(Right.READ)
def customers(request: MemberRequest) -> HttpResponse:
    asked = asked_for(request)
    chosen = found(request.member, **asked)
    company = None
    if asked["company"]:
        own = Company.objects.visible_to(request.member)
        company = get_object_or_404(own, pk=asked["company"])
    context = about_place(request) | {
        "page": people_page(chosen, request.member, request.GET.get("after", "")),
        "words": asked["words"],
        "only": asked["only"],
        "company": company,
        "query": query_of(asked),
    }
    if request.htmx and request.GET.get("after"):
        return show(request, "conversations/people/rows.html", context)
    return show(request, "conversations/people/customers.html", context)


@require_GET
@door.member(Right.READ)
def company(request: MemberRequest, company: int) -> HttpResponse:
    own = Company.objects.visible_to(request.member).prefetch_related("domains")
    shown = get_object_or_404(own, pk=company)
    theirs = conversations_of(request.member).filter(requester__company=shown)
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    context = about_place(request) | {"company": shown, "query": f"company={shown.pk}"}
    if request.htmx and before:
        context["timeline"] = page_of(theirs, request.member, before)
        return show(request, "conversations/people/timeline.html", context | {"list_key": "open"})
    context |= {
        "page": people_page(found(request.member, company=shown.pk), request.member, after),
        "timeline": page_of(theirs, request.member, before),
        "list_key": "open",
    }
    return show(request, "conversations/people/company.html", context)


def asked_for(request: MemberRequest) -> dict[str, Any]:
    """What is looked for, as the address says."""
    company = request.GET.get("company", "")
    only = request.GET.get("only", "")
    return {
        "words": " ".join(request.GET.get("q", "")[:LONGEST].split()),
        "company": int(company) if company.isdecimal() and len(company) < 18 else 0,
        "only": only if only == "blocked" else "",
    }


def query_of(asked: dict[str, Any]) -> str:
    names = {"q": asked["words"], "company": asked["company"], "only": asked["only"]}
    return urlencode({name: value for name, value in names.items() if value})


def about_place(request: MemberRequest) -> dict[str, Any]:
    return {
        "place": "customers",
        "only": "",
        "may_change": request.member.may(Right.CUSTOMERS),
        "may_note": request.member.may(Right.NOTE),
    }
