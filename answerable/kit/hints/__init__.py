"""Hints between threads and processes: words that save a wait, and may be lost without harm."""

from answerable.kit.hints.board import Board, hear, say

__all__ = ["Board", "hear", "say"]
