"""Whoever is deactivated is out at once, everywhere (T063)."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.http import Http404

from answerable.workspaces.door import member_of
from answerable.workspaces.models import Invitation


def test_t063_sessions_end_at_once(olga_in, ada_in, ada):
    assert ada_in.get("/w/demo/settings/").status_code == 200
    key = ada_in.session.session_key

    olga_in.post(f"/w/demo/settings/members/{ada.pk}/deactivation/")

    assert ada_in.get("/w/demo/settings/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


def test_t063_sockets_and_tokens_ask_the_same_door(olga, ada):
    ada.deactivate(by=olga)

    with pytest.raises(Http404):
        member_of(ada.user, "demo")


def test_t063_a_new_sign_in_opens_no_workspace(client, enter, olga, ada):
    ada.deactivate(by=olga)

    page = enter(client, ada.user.email, follow=True)

    assert b"No workspace" in page.content


def test_t063_invitations_of_theirs_and_to_them_are_dead(olga, ada, demo):
    admin = demo.roles.get(key="administrator")
    ada.set_role(admin, by=olga)
    agent = demo.roles.get(key="agent")
    tokens = [Invitation.issue(email, agent, by=ada)[1] for email in ("a@new.example",)]
    tokens += [Invitation.issue(ada.user.email, agent, by=olga)[1]]

    ada.deactivate(by=olga)

    assert [Invitation.objects.of_token(token) for token in tokens] == [None, None]


def test_they_can_be_let_in_again(olga_in, ada, ada_in):
    for act in ("deactivation", "activation"):
        olga_in.post(f"/w/demo/settings/members/{ada.pk}/{act}/")

    ada_in.force_login(ada.user)
    assert ada_in.get("/w/demo/settings/").status_code == 200


def test_one_browser_is_ended_from_another(client, ada, ada_in):
    client.force_login(ada.user)
    ada_in.get("/w/demo/settings/")
    page = client.get("/w/demo/settings/security/").content.decode()
    [end] = re.findall(r"/w/demo/settings/security/sessions/\d+/end/", page)

    client.post(end)

    assert ada_in.get("/w/demo/settings/").status_code == 302
    assert client.get("/w/demo/settings/").status_code == 200


def test_nobody_ends_the_sessions_of_another(olga_in, ada_in, ada):
    from allauth.usersessions.models import UserSession

    ada_in.get("/w/demo/settings/")
    theirs = UserSession.objects.get(user=ada.user)

    assert olga_in.post(f"/w/demo/settings/security/sessions/{theirs.pk}/end/").status_code == 404
    assert ada_in.get("/w/demo/settings/").status_code == 200
