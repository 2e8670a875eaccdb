"""Any number of believable conversations in little time, for measuring.

    Cast (who, where) ─▶ Phrases (words) ─▶ Plot (one conversation) ─▶ Tables ─▶ database

They do not pass through the intake; the demo's stories do.
"""

from answerable.demo.bulk.filling import fill

__all__ = ["fill"]
