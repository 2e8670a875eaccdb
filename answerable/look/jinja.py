"""The pages' language: Jinja2, with what every template may call."""

from pathlib import Path
from typing import Any

import jinja2
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import (
    get_language,
    get_language_bidi,
    gettext,
    ngettext,
    npgettext,
    pgettext,
)

from answerable.look import filters
from answerable.look.bars import bars_for
from answerable.look.icons import icon
from answerable.look.places import places_for
from answerable.look.times import time


class Pages(Jinja2):
    """Our own templates, in `templates` folders; those of libraries speak Django's language."""

    app_dirname = "templates"

    @cached_property
    def template_dirs(self) -> tuple[Any, ...]:
        return tuple(path for path in super().template_dirs if "answerable" in Path(path).parts)


class Parts:
    """The macros of `look/parts.html`, as `parts.button(…)`, in pages and in blocks alike."""

    def __init__(self, env: jinja2.Environment) -> None:
        self._env = env

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env.get_template("look/parts.html").module, name)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> jinja2.Environment:
    options["undefined"] = jinja2.StrictUndefined
    options["autoescape"] = True
    env = jinja2.Environment(  # noqa: S701 - it is set above, and a test holds it to that
        **options,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals |= {
        "bars_for": bars_for,
        "icon": icon,
        "language": get_language,
        "is_right_to_left": get_language_bidi,
        "parts": Parts(env),
        "places_for": places_for,
        "static": static,
        "time": time,
        "url": url,
    }
    env.filters |= filters.FILTERS
    return env
