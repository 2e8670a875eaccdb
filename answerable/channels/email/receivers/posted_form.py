"""A posted form as large as a mail: Django's own limit is for people who type."""

from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


class TooLarge(Exception):
    """More than a mail may have."""


def read_whole(request: HttpRequest, limit: int) -> None:
    """Read the body into memory, and its fields if it is a multipart form. Raises TooLarge.

    Call it once it is known who posts.
    """
    body = request.read(limit + 1)
    if len(body) > limit:
        raise TooLarge
    # Where Django keeps what it has read; its own reading would refuse more than a few MB.
    request._body = body
    if request.content_type == "multipart/form-data":
        fields, files = _fields_of(request.headers["Content-Type"], body)
        request._post, request._files = fields, files  # type: ignore[attr-defined]


def _fields_of(
    content_type: str, body: bytes
) -> "tuple[QueryDict, MultiValueDict[str, UploadedFile[bytes]]]":
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    form = BytesParser(policy=HTTP).parsebytes(head + body)
    fields = QueryDict(mutable=True)
    files: MultiValueDict[str, UploadedFile[bytes]] = MultiValueDict()
    for part in form.iter_parts():
        name = str(part.get_param("name", "", "content-disposition"))
        content = part.get_payload(decode=True)
        content = content if isinstance(content, bytes) else b""
        if part.get_filename() is None:
            # As bytes that are no UTF-8 can be had back from it.
            fields.appendlist(name, content.decode("utf-8", "surrogateescape"))
        else:
            files.appendlist(name, _file(part, content))
    return fields, files


def _file(part: Message, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(part.get_filename() or "", content, part.get_content_type())
