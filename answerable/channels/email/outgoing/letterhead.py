"""The words of an answer as a mail shows them: plain, and the same as HTML."""

import html as markup
import re
from dataclasses import dataclass

import css_inline
import nh3
from django.utils.translation import gettext as _

from answerable.channels.email.reading.markup import text_of

LINK = re.compile(r"https?://[^\s<>\"']{2,2000}[^\s<>\"'.,:;!?)\]]")
STYLES = """
body { margin: 0; font: 15px/1.5 -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
.above, .signature { color: #6b7280; font-size: 13px; }
.history { border-left: 2px solid #d1d5db; color: #4b5563; margin: 24px 0 0; padding: 0 0 0 12px; }
"""
TAGS = nh3.ALLOWED_TAGS - {"area", "map", "rt", "rp", "ruby", "bdi", "bdo", "data", "style"}
# Remote files neither: a sheet or a picture that a mail loads tells who reads it, and when.
_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


@dataclass(frozen=True)
class Wording:
    """What a mail says, before it has a form."""

    text: str
    html: str = ""
    signature: str = ""
    history: str = ""

    def as_text(self) -> str:
        parts = [
            _above_this_line() if self.history else "",
            self.text.strip() or text_of(self.html),
            f"-- \n{self.signature}" if self.signature else "",
            self.history,
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    def as_html(self) -> str:
        parts = [
            f'<p class="above">{markup.escape(_above_this_line())}</p>' if self.history else "",
            clean(self.html) if self.html.strip() else f"<p>{as_markup(self.text.strip())}</p>",
            f'<p class="signature">-- <br>{as_markup(self.signature)}</p>'
            if self.signature
            else "",
            f'<blockquote class="history">{as_markup(self.history)}</blockquote>'
            if self.history
            else "",
        ]
        page = "".join(part for part in parts if part)
        return _inliner.inline(
            f'<!doctype html><html><head><meta charset="utf-8"><style>{STYLES}</style></head>'
            f"<body>{page}</body></html>"
        )


def clean(html: str) -> str:
    """What a member formatted, without scripts, styles and pictures from elsewhere."""
    return nh3.clean(
        html,
        tags=TAGS,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        attribute_filter=_without_remote_pictures,
        link_rel="noopener noreferrer",
    )


def _without_remote_pictures(tag: str, name: str, value: str) -> str | None:
    is_picture = tag == "img" and name == "src"
    return None if is_picture and not value.lower().startswith("cid:") else value


def as_markup(text: str) -> str:
    """Plain text as HTML: escaped, its lines kept, its web addresses links."""
    pieces: list[str] = []
    at = 0
    for link in LINK.finditer(text):
        address = markup.escape(link.group())
        pieces += [markup.escape(text[at : link.start()]), f'<a href="{address}">{address}</a>']
        at = link.end()
    pieces.append(markup.escape(text[at:]))
    return "".join(pieces).replace("\n", "<br>\n")


def _above_this_line() -> str:
    return f"— {_('Please write your answer above this line')} —"
