"""A sender's HTML made inert."""

import nh3


def clean(html: str) -> str:
    return nh3.clean(html)
