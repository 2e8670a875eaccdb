"""Pictures of members: made anew from what was uploaded, so that nothing else of it is kept."""

import hashlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from answerable.workspaces.refused import Refused

SIDE = 256
LARGEST_FILE = 8_000_000
MOST_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def keep(workspace_id: int, upload: UploadedFile) -> str:  # type: ignore[type-arg]
    """The name of the new square picture. Raises Refused for what is no picture, or a huge one."""
    if (upload.size or 0) > LARGEST_FILE:
        raise Refused(_("This file is too large: 8 MB are allowed."))
    content = _square(upload.read())
    name = hashlib.sha256(content).hexdigest()
    if not storages["files"].exists(path_of(workspace_id, name)):
        storages["files"].save(path_of(workspace_id, name), ContentFile(content))
    return name


def read(workspace_id: int, name: str) -> bytes:
    with storages["files"].open(path_of(workspace_id, name)) as stored:
        content: bytes = stored.read()
    return content


def path_of(workspace_id: int, name: str) -> str:
    return f"{workspace_id}/avatars/{name}.webp"


def _square(content: bytes) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            # Known before anything is unpacked: a small file can be a huge picture.
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused(_("This picture is too large."))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as problem:
        raise Refused(_("This is no picture that can be read.")) from problem
    made = BytesIO()
    ImageOps.fit(upright, (SIDE, SIDE)).save(made, "WEBP", quality=86)
    return made.getvalue()
