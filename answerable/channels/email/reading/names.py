"""Names that senders give to files: for reading, never for a path."""

import mimetypes
import re
import unicodedata

LONGEST = 200
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+\-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+\-]{0,126}")
BAD = re.compile(r"[\x00-\x1f\x7f\u0080-\u009f]")


def clean_filename(name: str) -> str:
    """A name without folders, controls, invisible or direction-turning characters."""
    name = BAD.sub("", unicodedata.normalize("NFC", name[:70_000]))
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cf", "Cc", "Cs", "Co"})
    name = re.split(r"[\\/]", name.rstrip("\\/"))[-1]
    name = " ".join(name.split()).strip(" .") if not name.strip(" .") else " ".join(name.split())
    if len(name) > LONGEST:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: LONGEST - 12]}.{ending[:10]}" if dot else name[:LONGEST]
    return name


def clean_media_type(value: str) -> str:
    """A type in the form of RFC 6838 or none: it is written into headers of ours one day."""
    value = value.strip().lower()
    return value if MEDIA_TYPE.fullmatch(value) else "application/octet-stream"


def clean_id(value: str) -> str:
    return re.sub(r"[\s<>\"'\x00-\x1f\x7f]", "", value)[:250]


def default_name(media_type: str) -> str:
    """For a file that came without a name."""
    if media_type == "text/calendar":
        return "invitation.ics"
    kind = media_type.partition("/")[0]
    stem = kind if kind in {"image", "audio", "video", "message"} else "file"
    return stem + (mimetypes.guess_extension(media_type) or "")
