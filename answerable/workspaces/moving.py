"""Rows that stand in an order of the workspace's own."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

STEPS = {"up": -1, "down": 1}


@transaction.atomic
def move(row: Any, among: QuerySet[Any], towards: str) -> None:
    """One place up or down among its like, whose places are then numbered from nought."""
    order = list(among.select_for_update())
    place = order.index(row)
    order.insert(max(place + STEPS.get(towards, 0), 0), order.pop(place))
    for position, each in enumerate(order):
        each.position = position
    among.model._default_manager.bulk_update(order, ["position"])
