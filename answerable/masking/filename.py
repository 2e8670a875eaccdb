"""The name of a file with its secrets made unreadable."""

from answerable.masking.plain import cuts

SIGN = "x"  # a bullet is not welcome in every file system


def mask_filename(name: str) -> str:
    """The name with card numbers replaced; its ending and everything else stay."""
    spaced = name.translate({ord("_"): " ", ord("-"): " "})
    for cut in reversed(cuts(spaced, SIGN)):
        instead = cut.instead.replace(" ", "-")
        name = name[: cut.found.start] + instead + name[cut.found.end :]
    return name
