"""Filters over conversations: a tree of conditions, read against an allow-list, made into a Q.

    {"all": [{"field": "category", "is": "is", "value": ["open"]}, {"any": […]}]}

What a browser or a saved view says never reaches the ORM: fields are looked up by name in
`fields.py`, operators in `operators.py`, and values are read by their kind.
"""

from answerable.conversations.filtering.fields import fields_for
from answerable.conversations.filtering.tree import chosen_by, compiled
from answerable.conversations.filtering.values import Wrong

__all__ = ["Wrong", "chosen_by", "compiled", "fields_for"]
