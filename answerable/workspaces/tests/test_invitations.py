"""Invitations: for one address, one workspace and one role, once, and for seven days."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.workspaces.models import Invitation, Member, Notice, User
from tests.world import PASSWORD

MEMBERS = "/w/demo/settings/members/"
INVITE = "/w/demo/settings/invitations/"
NINA = "nina@new.example"


@pytest.fixture
def agent(demo):
    return demo.roles.get(key="agent")


@pytest.fixture
def invited(olga, agent) -> str:
    """Nina's link."""
    _invitation, token = Invitation.issue(NINA, agent, by=olga)
    return f"/invitation/{token}/"


def join(client, link: str, **more):
    client.get(link)
    return client.post("/invitation/", {"name": "Nina", "password": PASSWORD} | more)


def test_an_invitation_goes_out_by_mail(olga_in, agent, last_link):
    olga_in.post(INVITE, {"email": NINA, "role": agent.pk})

    assert Notice.objects.get().to == NINA
    assert b"Join Demo Lamps" in Client().get(last_link(), follow=True).content


def test_who_joins_is_in_and_gets_a_welcome(client, invited):
    answer = join(client, invited)

    member = Member.objects.get(user__email=NINA)
    assert (answer.headers["Location"], member.role.key) == ("/w/demo/", "agent")
    assert client.get("/w/demo/settings/").status_code == 200
    assert Notice.objects.filter(to=NINA, subject__startswith="Welcome").exists()


@pytest.mark.parametrize("token", ["null", "None", "%25", "_", "*", "0", "x" * 43])
def test_t075_no_other_secret_will_do(client, invited, token):
    assert client.get(f"/invitation/{token}/", follow=True).status_code == 404


def test_t075_an_empty_secret_matches_nothing(client, invited):
    assert client.get("/invitation/").status_code == 404
    assert join(client, "/invitation/").status_code == 404


def test_t075_it_works_once(client, invited):
    join(client, invited)

    assert join(Client(), invited).status_code == 404
    assert Member.objects.filter(user__email=NINA).count() == 1


def test_t075_it_runs_out(client, invited):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert join(client, invited).status_code == 404


def test_t075_it_is_for_seven_days_at_most(invited):
    assert Invitation.objects.get().expires_at <= timezone.now() + timedelta(days=7)


def test_t075_revoked_it_is_dead(client, olga_in, invited):
    olga_in.post(f"{INVITE}{Invitation.objects.get().pk}/revocation/")

    assert join(client, invited).status_code == 404


def test_t075_sent_again_the_earlier_link_is_dead(client, olga_in, invited, last_link):
    olga_in.post(f"{INVITE}{Invitation.objects.get().pk}/again/")

    assert join(client, invited).status_code == 404
    assert join(client, last_link()).status_code == 302


def test_t075_role_and_address_are_not_for_whoever_joins_to_choose(client, invited, demo):
    owner = demo.roles.get(key="owner")
    join(client, invited, role=owner.pk, email="eve@evil.example", workspace="other")

    member = Member.objects.get(user__email=NINA)
    assert (member.role.key, member.workspace) == ("agent", demo)
    assert not User.objects.filter(email="eve@evil.example").exists()


def test_t075_somebody_else_who_is_signed_in_cannot_take_it(ada_in, invited, demo):
    answer = join(ada_in, invited)

    assert b"another address" in answer.content
    assert Invitation.objects.get().accepted_at is None


def test_t075_whoever_has_an_account_signs_in_to_join(client, enter, mallory, olga, agent):
    _invitation, token = Invitation.issue(mallory.user.email, agent, by=olga)

    assert b"Sign in to join" in join(client, f"/invitation/{token}/").content
    enter(client, mallory.user.email)
    client.post("/invitation/")
    assert mallory.user.memberships.count() == 2


def test_t075_the_secret_is_not_kept(invited):
    token = invited.split("/")[2]

    assert token not in str(list(Invitation.objects.values()))


def test_t075_a_mail_with_a_secret_is_not_shown_to_others(olga_in, olga, agent):
    olga_in.post(INVITE, {"email": NINA, "role": agent.pk})

    assert not Notice.objects.visible_to(olga).exists()


def test_t071_its_link_is_not_built_from_the_host(olga_in, agent):
    olga_in.post(INVITE, {"email": NINA, "role": agent.pk}, HTTP_HOST="localhost:99")

    assert "localhost:99" not in Notice.objects.get().text


def test_t076_nobody_is_invited_into_another_workspace(olga_in, other):
    theirs = other.roles.get(key="agent")

    answer = olga_in.post(INVITE, {"email": NINA, "role": theirs.pk})

    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_t076_an_agent_invites_nobody(ada_in, agent):
    answer = ada_in.post(INVITE, {"email": NINA, "role": agent.pk})

    assert answer.status_code == 404


def test_t077_an_administrator_invites_no_owner(olga, ada, ada_in, demo):
    ada.set_role(demo.roles.get(key="administrator"), by=olga)
    roles = {key: demo.roles.get(key=key).pk for key in ("owner", "agent")}

    assert ada_in.post(INVITE, {"email": NINA, "role": roles["owner"]}).status_code == 422
    assert ada_in.post(INVITE, {"email": NINA, "role": roles["agent"]}).status_code == 200


def test_t073_invitations_to_one_address_end_at_too_often(olga_in, agent):
    for _number in range(6):
        last = olga_in.post(INVITE, {"email": NINA, "role": agent.pk})

    assert last.status_code == 429
    assert Notice.objects.count() == 5


def test_t073_guessing_at_links_ends_at_too_often(client, invited):
    for number in range(31):
        last = client.get(f"/invitation/{number}/")

    assert last.status_code == 429
