import pytest
from django.test import Client

from answerable.workspaces.models import Member


@pytest.fixture
def enter():
    """`enter(ada)` is a browser in which Ada has signed in."""

    def enter(member: Member, **headers: str) -> Client:
        client = Client(headers=headers)
        client.force_login(member.user)
        return client

    return enter


@pytest.fixture
def at_ada(enter, ada):
    return enter(ada)


@pytest.fixture
def htmx(enter, ada):
    """Ada's browser, asking for parts of pages."""
    return enter(ada, **{"HX-Request": "true", "HX-Request-Type": "partial"})
