"""Pictures that a mail shows from elsewhere: fetched by us, so that nobody learns who looks.

The frame they stand in has no cookies of ours, so each address carries a signed name instead. It
is made when a member asks for the pictures, and holds for an hour.
"""

import threading

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from answerable.conversations.framing import picture_type
from answerable.kit.fetch import ask
from answerable.kit.web import NoWay
from answerable.workspaces import door

SALT = "a stranger's picture"
HOUR = 3600
SECONDS = 4.0
MOST_BYTES = 5_000_000
# A mail full of slow pictures may not keep every thread of the program waiting.
AT_ONCE = threading.BoundedSemaphore(3)


def address_of(slug: str, url: str) -> str:
    """Our address for a picture elsewhere."""
    return reverse("picture", args=[slug, signing.dumps([slug, url], salt=SALT, compress=True)])


@require_GET
@door.public
def picture(_request: HttpRequest, workspace: str, token: str) -> HttpResponse:
    try:
        slug, url = signing.loads(token, salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        raise Http404 from None
    if slug != workspace:
        raise Http404
    content = _fetched(url)
    media_type = picture_type(content)
    if not media_type:
        raise Http404
    response = HttpResponse(content, content_type=media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=86400"
    return response


def _fetched(url: str) -> bytes:
    if not AT_ONCE.acquire(timeout=2 * SECONDS):
        raise Http404
    try:
        return ask("GET", url, seconds=SECONDS, most=MOST_BYTES).body
    except NoWay:
        raise Http404 from None
    finally:
        AT_ONCE.release()
