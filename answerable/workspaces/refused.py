"""Why something was not done, in words for whoever asked."""


class Refused(Exception):
    """Not allowed, or not possible any more; `str()` of it is shown on the page."""
