"""Reading: raw bytes in, a `Letter` out. Pure and bounded; it never raises.

raw ─▶ mime (tree) ─▶ bodies (words | parts) ─▶ words (new | quoted | signature)
                                            └─▶ sanitised (HTML)
"""

from answerable.channels.email.reading.letter import Address, Failure, Forwarded, Letter, Part
from answerable.channels.email.reading.limits import Limits
from answerable.channels.email.reading.reader import read

__all__ = ["Address", "Failure", "Forwarded", "Letter", "Limits", "Part", "read"]
