"""What the ground keeps: how far readers have come, chores of the clock, signs of life."""

from answerable.kit.models.beat import Beat
from answerable.kit.models.chore import Chore
from answerable.kit.models.cursor import ReaderCursor

__all__ = ["Beat", "Chore", "ReaderCursor"]
