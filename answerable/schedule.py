"""The clock: what is done again and again, and how often."""

from answerable.kit.models.chore import Every

CLOCK: list[Every] = []
