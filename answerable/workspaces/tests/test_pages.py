"""Every page of accounts opens for who may see it, and the desk is found from the start."""

import pytest
from django.urls import reverse

from tests.world import PASSWORD, member_of

IN_WORKSPACE = ["settings", "profile", "security", "workspace", "members", "teams", "team_new"]
IN_WORKSPACE += ["roles", "role_new", "sign_ins"]
ENTRANCES = ["account_login", "account_logout", "account_inactive", "account_signup"]
ENTRANCES += ["account_reset_password", "account_reset_password_done"]
OWN = ["account_change_password", "mfa_activate_totp", "mfa_add_webauthn", "workspaces"]


@pytest.mark.parametrize("name", IN_WORKSPACE)
def test_settings_open(olga_in, ada, name):
    assert olga_in.get(reverse(name, args=["demo"])).status_code == 200


@pytest.mark.parametrize("name", ENTRANCES)
def test_entrances_open(client, db, name):
    assert client.get(reverse(name)).status_code in {200, 302}


@pytest.mark.parametrize("name", OWN)
def test_own_pages_open(client, enter, olga, name):
    enter(client, olga.user.email)

    assert client.get(reverse(name)).status_code == 200


def test_of_two_workspaces_one_is_chosen_then_remembered(client, enter, olga, other):
    from answerable.workspaces.models import Member

    role = other.roles.get(key="agent")
    Member.objects.create(workspace=other, user=olga.user, role=role, display_name="Olga")
    enter(client, olga.user.email)

    assert client.get("/").headers["Location"] == "/workspaces/"
    client.get("/w/other/settings/")
    assert client.get("/").headers["Location"] == "/w/other/"


def test_a_setting_is_found_by_a_word(olga_in):
    found = olga_in.get("/w/demo/settings/?q=passkey", headers={"HX-Request": "true"}).content

    assert b"Signing in" in found
    assert b"Teams" not in found


def test_an_agent_is_shown_only_their_own_settings(demo, client):
    ada = member_of(demo, "Eva")
    client.post("/accounts/login/", {"login": ada.user.email, "password": PASSWORD})
    page = client.get("/w/demo/settings/").content

    assert b"Your profile" in page
    assert b"Sign-ins" not in page


def test_a_team_gets_a_name_and_members(olga_in, olga, ada):
    olga_in.post("/w/demo/settings/teams/new/", {"name": "Night", "members": [ada.pk]})

    assert list(olga.workspace.teams.get(name="Night").members.all()) == [ada]


def test_a_team_of_the_same_name_is_refused(olga_in, ada):
    answer = olga_in.post("/w/demo/settings/teams/new/", {"name": "support"})

    assert answer.status_code == 422
