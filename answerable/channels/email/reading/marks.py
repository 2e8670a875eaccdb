"""Signs that `markup` leaves in a text for `words`: where the HTML had a quote or signature.

Private-use characters, which `bodies` removes from what senders write.
"""

INDENT = "\ue010"  # begins each line of a quotation that nobody is named for
QUOTE, QUOTE_END = "\ue011", "\ue012"
SIGNATURE, SIGNATURE_END = "\ue013", "\ue014"
ALL = (INDENT, QUOTE, QUOTE_END, SIGNATURE, SIGNATURE_END)
TABLE = dict.fromkeys(map(ord, ALL))


def removed(text: str) -> str:
    """The text as people see it."""
    if not any(sign in text for sign in ALL):
        return text
    lines = text.split("\n")
    kept = [line for line in lines if not (len(line) == 1 and line in ALL)]
    return "\n".join(line.translate(TABLE) for line in kept)
