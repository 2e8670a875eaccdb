"""HTML into the text that a person reads in it, with signs where its quotations are."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from answerable.channels.email.reading import marks
from answerable.channels.email.reading.containers import is_hinted, role_of
from answerable.channels.email.reading.tame import tamed

SKIPPED = frozenset(
    """script style head title template object iframe svg math select textarea noframes audio
    video canvas applet embed""".split()  # noqa: SIM905
)
PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl pre table blockquote".split())  # noqa: SIM905
LINES = frozenset(
    """div tr li dt dd section article header footer address center main aside nav figure form
    fieldset caption body""".split()  # noqa: SIM905
)
HIDDEN = re.compile(r"display\s*:\s*none")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u034f\u200b\u200c\u2060\ufeff"))
RULE = "─" * 20
MOST_NODES = 200_000
DEEPEST_PREFIX = 40


class _Page:
    """Text being written down: the line at hand, the lines done, the prefix of a quotation."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.line = ""
        self.prefix = ""
        self.blank_due = False
        self.pre = 0

    def words(self, text: str) -> None:
        if self.pre:
            first, *more = text.split("\n")
            self.line += first
            for part in more:
                self.end_line(force=True)
                self.line = part
            return
        if not text.isascii():
            text = text.translate(INVISIBLE)
        words = " ".join(text.split())
        if text[:1].isspace() and self.line and self.line[-1] not in " \t":
            self.line += " "
        if words:
            self.line += words + (" " if text[-1].isspace() else "")

    def end_line(self, *, force: bool = False) -> None:
        line = self.line.rstrip()
        self.line = ""
        if not line and not force:
            return
        if self.blank_due and self.done and self.done[-1] not in ("", self.prefix.rstrip()):
            self.done.append(self.prefix.rstrip())
        self.blank_due = False
        self.done.append(f"{self.prefix}{line}" if line else self.prefix.rstrip())

    def paragraph(self) -> None:
        self.end_line()
        self.blank_due = True

    def sign(self, sign: str) -> None:
        self.end_line()
        self.done.append(sign)


def text_of(html: str, *, marked: bool = False) -> str:
    """The text of a page; with `marked`, the signs of `marks` stand in it."""
    body = LexborHTMLParser(tamed(html)).body
    if body is None:
        return ""
    page = _Page()
    small = html.lower()
    _walk(body, page, hidden=bool(HIDDEN.search(small)), hinted=is_hinted(html))
    page.end_line()
    text = "\n".join(page.done).strip("\n")
    return text if marked else marks.removed(text)


def _walk(body: LexborNode, page: _Page, *, hidden: bool, hinted: bool) -> None:
    """Depth first without recursion: a mail may nest as deep as it likes."""
    node: LexborNode | None = body.child
    opened: list[tuple[LexborNode, str, str]] = []
    for _ in range(MOST_NODES):
        if node is None:
            if not opened:
                return
            node, tag, closing = opened.pop()
            _leave(tag, closing, page)
            node = node.next
            continue
        tag = node.tag or ""
        if tag == "-text":
            page.words(node.text_content or "")
        elif tag == "br":
            page.end_line(force=True)
        elif _is_shown(node, tag, hidden=hidden):
            closing = _enter(node, tag, page, hinted=hinted)
            child = node.child
            if child is not None:
                opened.append((node, tag, closing))
                node = child
                continue
            _leave(tag, closing, page)
        node = node.next


def _is_shown(node: LexborNode, tag: str, *, hidden: bool) -> bool:
    if tag in SKIPPED or tag.startswith(("-", "!")):
        return False
    return not (hidden and HIDDEN.search((node.attributes.get("style") or "").lower()))


def _enter(node: LexborNode, tag: str, page: _Page, *, hinted: bool) -> str:
    """Begins an element; returns what must be written at its end."""
    if tag in PARAGRAPHS:
        page.paragraph()
    elif tag in LINES:
        page.end_line()
    elif tag in {"td", "th"} and page.line:
        page.line += "\t" if page.line[-1] != "\t" else ""
    elif tag == "hr":
        page.end_line()
        page.line = RULE
        page.end_line()
    if tag == "li":
        page.line = "- "
    elif tag == "pre":
        page.pre += 1
    if tag == "blockquote":
        cited = node.attributes.get("type") == "cite" or "cite" in (
            node.attributes.get("class") or ""
        )
        before = page.prefix
        if len(before) < DEEPEST_PREFIX:
            page.prefix += "> " if cited else marks.INDENT
        return before + "\n"
    if hinted and (role := role_of(node, tag)):
        page.sign(role[0])
        return role[1]
    return ""


def _leave(tag: str, closing: str, page: _Page) -> None:
    if tag in PARAGRAPHS:
        page.paragraph()
    elif tag in LINES:
        page.end_line()
    if tag == "pre":
        page.pre -= 1
    if closing.endswith("\n"):
        page.prefix = closing[:-1]
    elif closing:
        page.sign(closing)
