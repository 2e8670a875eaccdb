"""The bytes of a mail, to be read and never to be run."""

from django.http import HttpResponse

LONGEST = 2_000_000


def as_text(raw: bytes) -> HttpResponse:
    text = raw[:LONGEST].decode("utf-8", "replace")
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Content-Disposition": 'inline; filename="mail.txt"',
        },
    )
