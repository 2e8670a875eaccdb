"""Words that speak of a file, in the languages that many write."""

import re

# English, German, French, Spanish, Italian, Dutch, Portuguese, Polish.
SPEAKING = re.compile(
    r"\b(attach(ed|ment|ments|ing)|enclosed"
    r"|angehängt\w*|anhang|anhänge|anbei|beigefügt\w*|im anhang"
    r"|ci-joints?|ci-jointes?|pièces? jointes?|en annexe"
    r"|adjunt[oa]s?|adjuntamos"
    r"|allegat[oaie]|in allegato"
    r"|bijlagen?|bijgevoegde?"
    r"|anexos?|em anexo"
    r"|załącznik\w*|w załączeniu)\b",
    re.IGNORECASE,
)


def speaks_of_a_file(text: str) -> bool:
    """In what was written now; lines that quote somebody do not count."""
    own = (line for line in text.splitlines() if not line.lstrip().startswith(">"))
    return bool(SPEAKING.search("\n".join(own)))
