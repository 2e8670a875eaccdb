"""Cells of a table that a spreadsheet takes for words, never for a formula (T118)."""

# The full-width forms too: some spreadsheets read them as the plain ones.
SIGNS = tuple("=+-@\t\r\n＝＋－＠")
GUARD = "'"


def disarm(text: str) -> str:
    """With a quote before what a spreadsheet would run; and before such a quote of its own."""
    return GUARD + text if text.lstrip(GUARD).startswith(SIGNS) else text


def rearm(text: str) -> str:
    """What it was before `disarm`."""
    is_disarmed = text.startswith(GUARD) and text.lstrip(GUARD).startswith(SIGNS)
    return text[1:] if is_disarmed else text
