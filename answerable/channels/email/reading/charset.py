"""Bytes into text, whatever the mail says about its character set."""

import codecs
import re
from functools import lru_cache

from charset_normalizer import from_bytes

# Every set a mail may name. Python's codecs also hold zlib, base64 and other
# transformations that must never run on a stranger's word, so: a list.
KNOWN_NAMES = """ascii utf-8 utf-7 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be
    iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9
    iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15 iso8859-16
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258
    cp437 cp720 cp737 cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865
    cp866 cp869 cp874 cp1006 cp1125 koi8-r koi8-t koi8-u kz1048 ptcp154 tis-620 hz
    gb2312 gbk gb18030 big5 big5hkscs cp950 cp932 cp949 shift_jis shift_jis_2004 shift_jisx0213
    euc_jp euc_jis_2004 euc_jisx0213 euc_kr johab iso2022_jp iso2022_jp_1 iso2022_jp_2
    iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr mac-roman mac-cyrillic mac-greek
    mac-latin2 mac-iceland mac-turkish"""
KNOWN = frozenset(KNOWN_NAMES.split())
# What mails call them, and the wider set that browsers read instead (WHATWG Encoding).
MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
NICKNAMES = {
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "cp-850": "cp850",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ansi_x3.4-1968": "cp1252",
    "gb_2312-80": "gb18030",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "iso-10646-ucs-2": "utf-16",
    "unicode": "utf-16",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "dos-862": "cp862",
    "x-windows-949": "cp949",
    "x-x-big5": "big5hkscs",
}
ESCAPES = re.compile(rb"\x1b[$(]")
SAMPLE = 4_096


@lru_cache(maxsize=512)
def codec_of(charset: str) -> str | None:
    """Python's name for what a mail calls a character set; None when there is no such set."""
    name = charset.strip(" \t\r\n\"'").lower()
    name = NICKNAMES.get(name, name)
    for spelling in (name, name.removeprefix("x-"), name.replace("windows-", "cp")):
        try:
            found = codecs.lookup(spelling).name
        except (LookupError, ValueError, UnicodeError):
            continue
        if found in KNOWN:
            return MEANT.get(found, found)
    return None


def decoded(content: bytes, charset: str = "") -> tuple[str, str]:
    """The text, and the problem met on the way in words ("" when there was none)."""
    codec = codec_of(charset) if charset else None
    if codec and not (codec == "cp1252" and _is_utf8(content)):
        try:
            return _strict(content, codec), ""
        except (UnicodeError, ValueError):
            return _guessed(content, codec, f"not all of it is {charset[:40]}")
    if charset and not codec:
        return _guessed(content, "", f"there is no character set {charset[:40]!r}")
    return _guessed(content, "", "")


def _strict(content: bytes, codec: str) -> str:
    if codec == "cp1252":
        return content.decode("cp1252", "cp1252_as_browsers_do")
    text = content.decode(codec)
    if codec == "utf-7":  # the one that can write half a character, which nothing can store
        text = text.encode("utf-8", "replace").decode()
    return text.removeprefix("\ufeff")


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guessed(content: bytes, declared: str, problem: str) -> tuple[str, str]:
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), problem
        if ESCAPES.search(content[:SAMPLE]):
            return content.decode("iso2022_jp_ext", "replace"), problem
        return content.decode("utf-8-sig"), problem
    except UnicodeDecodeError:
        pass
    if declared and declared != "cp1252":
        return content.decode(declared, "replace").removeprefix("\ufeff"), problem
    return _likeliest(content), problem or "its character set is a guess"


def _likeliest(content: bytes) -> str:
    sample = b"\n".join(line for line in content[:65_536].split(b"\n") if not line.isascii())
    best = from_bytes(sample[:SAMPLE], cp_isolation=GUESSES, enable_fallback=False).best()
    codec = best.encoding if best else "cp1252"
    return content.decode(codec, "cp1252_as_browsers_do" if codec == "cp1252" else "replace")


# In which mail without a declared set is really written; the rare ones only mislead.
GUESSED_NAMES = """cp1252 cp1250 cp1251 koi8_r cp1253 cp1254 cp1255 cp1256
    shift_jis euc_jp gb18030 big5 euc_kr cp874"""
GUESSES = GUESSED_NAMES.split()


def _hole(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that windows-1252 leaves free are control characters to browsers."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("cp1252_as_browsers_do", _hole)
