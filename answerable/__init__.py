"""Answerable: customer service that answers, and is accountable."""

__version__ = "0.1.0"
