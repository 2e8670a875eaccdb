"""The words of a mail in one text, from whichever form it has them in."""

from answerable.channels.email.reading.bodies import HTML_MARK, PLAIN_MARK, Bodies
from answerable.channels.email.reading.containers import is_hinted
from answerable.channels.email.reading.letter import Address
from answerable.channels.email.reading.markup import text_of
from answerable.channels.email.reading.sanitised import clean
from answerable.channels.email.reading.words import Words, told_apart


def text_in(found: Bodies) -> str:
    """All of it, as people read it; the HTML when the plain form is empty."""
    texts = [
        text_of(text.removeprefix(HTML_MARK)) if text.startswith(HTML_MARK) else text
        for text in found.plain
    ]
    text = "\n".join(texts).strip("\n")
    if text.strip() or not found.html:
        return text
    return "\n".join(text_of(html) for html in found.html if not html.startswith(PLAIN_MARK))


def html_in(found: Bodies) -> str:
    return "\n".join(clean(html) for html in found.html if not html.startswith(PLAIN_MARK))


def words_in(found: Bodies, text: str, senders: tuple[Address, ...], *, is_forward: bool) -> Words:
    """Told apart from the plain form, or from the HTML when only that shows what is quoted."""
    writer = (senders[0].name, senders[0].email) if senders else ("", "")
    has_plain = any(part.strip() and not part.startswith(HTML_MARK) for part in found.plain)
    words = told_apart(text, writer=writer, is_forward=is_forward) if has_plain else None
    if words and words.has_quote:
        return words
    html = "\n".join(html for html in found.html if not html.startswith(PLAIN_MARK))
    if html and (words is None or is_hinted(html) or "<blockquote" in html):
        marked = told_apart(
            text_of(html, marked=True), writer=writer, is_forward=is_forward, is_html=True
        )
        if words is None or marked.has_quote:
            return marked
    return words or Words("")
