"""Lucide's icons, from one sprite that `npm run build` makes of `frontend/icons.txt`."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def icon(name: str, size: int = 16, label: str = "") -> SafeString:
    """An icon beside its text, or with a label where it stands alone."""
    return _drawn(name, size, str(label))


@lru_cache(maxsize=2_000)
def _drawn(name: str, size: int, label: str) -> SafeString:
    spoken = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else format_html('aria-hidden="{}"', "true")
    )
    return format_html(
        '<svg class="icon" width="{}" height="{}" {}><use href="{}#{}"></use></svg>',
        size,
        size,
        spoken,
        static("build/icons.svg"),
        name,
    )
