"""Showing a page, or for htmx one block of it: the same lines of the same template."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from jinja2_fragments import render_block

ENGINE = "jinja2"


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    block: str = "",
    status: int = 200,
) -> HttpResponse:
    return HttpResponse(rendered(request, template, context, block=block), status=status)


def rendered(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    block: str = "",
) -> str:
    engine: Any = engines[ENGINE]
    if not block:
        return str(engine.get_template(template).render(dict(context or {}), request))
    return render_block(engine.env, template, block, _whole_context(engine, request, context))


def _whole_context(
    engine: Any, request: HttpRequest, context: dict[str, Any] | None
) -> dict[str, Any]:
    """What Django's backend gives to a page, for a block."""
    whole = {
        **(context or {}),
        "request": request,
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
    }
    for processor in engine.template_context_processors:
        whole.update(processor(request))
    return whole
