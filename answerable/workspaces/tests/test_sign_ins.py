"""Addresses of members: seen by who looks after it in their own workspace, by nobody else (P24)."""

import pytest

from answerable.workspaces.models import SignIn

PAGE = "/w/demo/settings/sign-ins/"


@pytest.fixture
def ada_came(client, enter, ada):
    enter(client, ada.user.email, "wrong-password", REMOTE_ADDR="203.0.113.7")
    enter(client, ada.user.email, REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Firefox/1 Linux")


def test_p24_the_owner_sees_who_came_from_where(olga_in, ada_came):
    page = olga_in.get(PAGE).content.decode()

    assert page.count("203.0.113.7") == 2
    assert "Firefox on Linux" in page


def test_p24_an_agent_does_not(ada_in, ada_came):
    assert ada_in.get(PAGE).status_code == 404


def test_p24_another_workspace_does_not(client, mallory, ada_came):
    client.force_login(mallory.user)

    assert client.get(PAGE).status_code == 404
    assert b"203.0.113.7" not in client.get(PAGE.replace("demo", "other")).content


def test_p24_members_are_told_and_see_their_own(ada_in, ada_came):
    page = ada_in.get("/w/demo/settings/security/").content.decode()

    assert "203.0.113.7" in page
    assert "see this too" in page


def test_what_happened_is_written_down(client, enter, ada, ada_came):
    client.post("/accounts/logout/")

    outcomes = SignIn.objects.order_by("pk").values_list("outcome", "method")
    assert list(outcomes) == [
        ("refused", "password"),
        ("signed_in", "password"),
        ("signed_out", ""),
    ]


def test_an_unknown_address_leaves_no_row(client, enter, db):
    enter(client, "nobody@nowhere.example", "wrong-password")

    assert not SignIn.objects.exists()
