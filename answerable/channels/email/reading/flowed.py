"""RFC 3676: lines that were broken only for the journey are joined again."""


def unflowed(text: str, *, delsp: bool) -> str:
    out: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        is_signature = words == "-- "
        flows = words.endswith(" ") and not is_signature
        kept = words[:-1] if flows and delsp else words
        if open_depth == depth and not is_signature:
            out[-1].append(kept)
        else:
            out.append([">" * depth + (" " if depth else "") + kept])
        open_depth = depth if flows else -1
    return "\n".join("".join(paragraph) for paragraph in out)
