"""A sender's HTML made inert: nothing runs, nothing loads, nothing leaves its frame.

    tamed ─▶ remote images renamed ─▶ nh3, last ─▶ checked; the strict cleaner if in doubt

Images of the mail itself keep `src="cid:…"`. Remote ones have `data-remote-src`
instead, so that a page can load them when somebody asks for it.
"""

import re
from html import escape
from itertools import pairwise

import nh3

from answerable.channels.email.reading.tame import tamed


def _words(text: str) -> set[str]:
    return set(text.split())


TAGS = _words("""
    a abbr acronym address article b bdi bdo big blockquote br caption center cite code col
    colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6
    header hr i img ins kbd li main mark ol p pre q rp rt ruby s samp section small span strike
    strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
""")
GONE = _words("""
    script style title noscript template iframe object applet svg math head textarea select
    noembed noframes xmp plaintext
""")
LOOKS = _words("align valign width height bgcolor color dir lang title")
ATTRIBUTES: dict[str, set[str]] = {
    "*": LOOKS | {"style"},
    "a": {"href"},
    "img": {"src", "alt", "data-remote-src"},
    "font": {"face", "size"},
    "td": {"colspan", "rowspan", "nowrap"},
    "th": {"colspan", "rowspan", "nowrap", "scope"},
    "table": {"border", "cellpadding", "cellspacing"},
    "ol": {"start", "type"},
    "time": {"datetime"},
}
PROPERTIES = _words("""
    background-color border border-bottom border-bottom-color border-bottom-style
    border-bottom-width border-collapse border-color border-left border-left-color
    border-left-style border-left-width border-radius border-right border-right-color
    border-right-style border-right-width border-spacing border-style border-top
    border-top-color border-top-style border-top-width border-width color direction display
    font font-family font-size font-style font-weight height letter-spacing line-height
    list-style-type margin margin-bottom margin-left margin-right margin-top max-width
    min-width padding padding-bottom padding-left padding-right padding-top text-align
    text-decoration text-indent text-transform vertical-align white-space width
    word-break word-wrap
""")
LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
REMOTE = re.compile(r"https?://", re.IGNORECASE)
CSS_BAD = re.compile(
    r"url|expression|import|image|\\|javascript|behaviou?r|binding|var\(|/\*", re.IGNORECASE
)
REMOTE_IMAGE = re.compile(r"(<[iI][mM][gG]\b[^<>]*?\s)(?i:src)(\s*=\s*[\"']?\s*(?i:https?)://)")
# What may stand in a cleaned page only after the strict cleaner has judged it. The page is
# in the form that html5ever writes: names in lower case, values in double quotes.
DOUBTFUL = (
    re.compile(r' src="(?!cid:)'),
    re.compile(r' data-remote-src="(?!https?://)'),
    re.compile(r' href="(?!https?://|mailto:|tel:)'),
)
DOUBTFUL_STYLE = ("url(", "expression(", "image(", "image-set(", "var(", "\\", "/*", "import")


# Elements that shape the tree around them and are then taken away: what is left may be a tree
# that no parser would build, and another pass puts that right.
UNWRAPPED = _words("""
    form button math svg select template marquee object applet fieldset frameset nobr textarea
    title xmp plaintext iframe noscript noembed noframes style keygen isindex listing dialog menu
    dir search hgroup aside nav legend optgroup option input frame
""")
# What stands in a table outside its cells is moved before the table.
IN_TABLES = _words("""
    table tr /tr tbody /tbody thead /thead tfoot /tfoot caption colgroup /colgroup /td /th col
""")
AT_HOME = IN_TABLES | _words("/table td th /caption")
NAME = re.compile(r"<(/?[a-z][a-z0-9]*)")
HEADINGS = _words("h1 h2 h3 h4 h5 h6")
PRE = re.compile(r"(<pre\b[^<>]*>)\n+")
PASSES = 4


def _judged(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if LINK.match(value) else None
    if attribute == "src":
        return value if value[:4].lower() == "cid:" else None
    if attribute == "data-remote-src":
        return value if REMOTE.match(value) else None
    if attribute == "style":
        return None if CSS_BAD.search(value) else value
    return value


def _cleaner(*, strict: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        clean_content_tags=GONE,
        attributes=ATTRIBUTES,
        attribute_filter=_judged if strict else None,
        filter_style_properties=PROPERTIES,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        url_relative="deny",
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


QUICK, STRICT = _cleaner(strict=False), _cleaner(strict=True)


def clean(html: str) -> str:
    """Inert HTML. Cleaning it again changes nothing."""
    cleaned = _once(html)
    if not _may_change_again(html):
        return cleaned
    for _ in range(PASSES):
        again = _once(cleaned)
        if again == cleaned:
            return cleaned
        cleaned = again
    return QUICK.clean(escape(re.sub(r"<[^<>]*>", " ", cleaned), quote=False))


def _may_change_again(html: str) -> bool:
    names = NAME.findall(html.lower())
    seen = set(names)
    if not UNWRAPPED.isdisjoint(seen):
        return True
    if not HEADINGS.isdisjoint(seen) and _are_headings_nested(names):
        return True
    return "table" in seen and any(
        before in IN_TABLES and after not in AT_HOME for before, after in pairwise(names)
    )


def _are_headings_nested(names: list[str]) -> bool:
    expected = ""
    for name in names:
        if name.removeprefix("/") in HEADINGS:
            if name[0] != expected and (expected or name[0] == "/"):
                return True
            expected = "" if name[0] == "/" else "/"
    return bool(expected)


def _once(html: str) -> str:
    html = REMOTE_IMAGE.sub(r"\1data-remote-src\2", tamed(html))
    cleaned = QUICK.clean(html)
    if _is_doubtful(cleaned):
        cleaned = STRICT.clean(cleaned)
    return PRE.sub(r"\1", cleaned) if "<pre" in cleaned else cleaned


def _is_doubtful(cleaned: str) -> bool:
    small = cleaned.lower()
    return any(sign in small for sign in DOUBTFUL_STYLE) or any(
        pattern.search(cleaned) for pattern in DOUBTFUL
    )
