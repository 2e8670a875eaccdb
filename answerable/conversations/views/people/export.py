"""The customers on the list, as a file."""

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_GET

from answerable.conversations.exporting import table_of
from answerable.conversations.people import found
from answerable.conversations.views.people.lists import asked_for
from answerable.workspaces import door
from answerable.workspaces.door import MemberRequest
from answerable.workspaces.rights import Right


@require_GET
@door.member(Right.CUSTOMERS)
def export(request: MemberRequest) -> StreamingHttpResponse:
    lines = table_of(found(request.member, **asked_for(request)), request.member)
    headers = {
        "Content-Disposition": 'attachment; filename="customers.csv"',
        "Cache-Control": "private, no-store",
    }
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
