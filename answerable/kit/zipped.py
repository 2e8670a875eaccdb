"""Pages go out zipped."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class Zipped(GZipMiddleware):
    """Files stay as they are: the server sends them from its event loop, without a thread."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming:
            return response
        zipped: HttpResponseBase = super().process_response(request, response)
        return zipped
