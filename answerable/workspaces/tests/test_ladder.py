"""The ladder: nobody gives what they have not, nobody changes who may do more (T077)."""

import pytest

from answerable.workspaces.models import Role
from answerable.workspaces.refused import Refused
from answerable.workspaces.rights import Right

SETTINGS = "/w/demo/settings"


@pytest.fixture
def admin(ada, olga, demo):
    """Ada, an administrator."""
    ada.set_role(demo.roles.get(key="administrator"), by=olga)
    return ada


@pytest.fixture
def own(demo):
    return demo.roles.get(key="owner")


def test_t077_nobody_makes_themselves_owner(admin, ada_in, own):
    answer = ada_in.post(f"{SETTINGS}/members/{admin.pk}/", {"role": own.pk})

    admin.refresh_from_db()
    assert (answer.status_code, admin.role.key) == (422, "administrator")


def test_t077_nobody_changes_an_owner(admin, ada_in, olga, demo):
    agent = demo.roles.get(key="agent")

    ada_in.post(f"{SETTINGS}/members/{olga.pk}/", {"role": agent.pk})
    ada_in.post(f"{SETTINGS}/members/{olga.pk}/deactivation/")

    olga.refresh_from_db()
    assert (olga.role.key, olga.active) == ("owner", True)


def test_t077_nobody_edits_a_higher_role(admin, ada_in, own):
    assert ada_in.post(f"{SETTINGS}/roles/{own.pk}/", {"name": "x"}).status_code == 404


def test_t077_nobody_puts_a_right_they_lack_into_a_role(admin, ada_in, demo):
    words = {"name": "Helper", "rights": [Right.READ.value, Right.OWN.value]}

    answer = ada_in.post(f"{SETTINGS}/roles/new/", words)

    assert answer.status_code == 422
    assert not Role.objects.filter(name="Helper").exists()


def test_t077_an_agent_reaches_none_of_it(ada, ada_in, demo):
    agent = demo.roles.get(key="agent")

    for path in [f"members/{ada.pk}/", f"roles/{agent.pk}/", "roles/new/", "teams/new/"]:
        assert ada_in.post(f"{SETTINGS}/{path}", {"name": "x"}).status_code == 404


def test_t077_another_workspace_reaches_none_of_it(client, mallory, ada, demo):
    client.force_login(mallory.user)
    theirs = f"/w/{mallory.workspace.slug}/settings/members/{ada.pk}/"

    assert client.get(f"{SETTINGS}/members/").status_code == 404
    assert client.get(theirs).status_code == 404


def test_a_role_is_made_given_and_kept_while_somebody_has_it(olga_in, olga, ada, demo):
    words = {"name": "Night shift", "rights": [Right.READ.value, Right.NOTE.value]}
    olga_in.post(f"{SETTINGS}/roles/new/", words)
    made = Role.objects.get(workspace=demo, name="Night shift")
    ada.set_role(made, by=olga)

    assert ada.may(Right.NOTE)
    assert not ada.may(Right.ANSWER)
    with pytest.raises(Refused):
        made.remove()


def test_the_last_owner_stays(olga, demo):
    with pytest.raises(Refused):
        olga.deactivate(by=olga)
    with pytest.raises(Refused):
        olga.set_role(demo.roles.get(key="agent"), by=olga)


def test_an_owner_goes_when_there_is_another(olga, ada, demo):
    ada.set_role(demo.roles.get(key="owner"), by=olga)

    olga.deactivate(by=olga)

    assert not olga.active


def test_the_owner_has_every_right_always(olga_in, own):
    words = {"name": "Owner", "rights": [Right.READ.value, Right.MEMBERS.value]}

    assert olga_in.post(f"{SETTINGS}/roles/{own.pk}/", words).status_code == 422
