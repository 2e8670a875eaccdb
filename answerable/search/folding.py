"""The form in which words are compared: the same for what is stored and what is asked.

Both databases are given text that is folded already, so that they find the same: compatibility
forms, case and marks are gone, and scripts without spaces are cut into single characters, which
are then asked for as a phrase.
"""

import re
import unicodedata

LONGEST_TEXT = 100_000
LONGEST_WORD = 60
# Scripts whose words are not parted by spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")


def folded(text: str) -> str:
    """Words in the form that is compared, with one space between."""
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    plain = text[:LONGEST_TEXT]
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in apart if not unicodedata.combining(c))
        plain = unicodedata.normalize("NFC", plain)
    return [word[:LONGEST_WORD] for word in WORD.findall(plain.casefold())]
