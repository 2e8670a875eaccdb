"""HTML into the text that a person reads in it."""

import re

from selectolax.lexbor import LexborHTMLParser


def text_of(html: str) -> str:
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "title", "head"])
    body = tree.body
    return re.sub(r"\n{3,}", "\n\n", body.text(separator="\n") if body else "")
