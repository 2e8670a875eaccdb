"""The bars of the first days: who sees them, and that they go for good."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from answerable.channels.email.models import Mail, MailAccount
from answerable.workspaces.models import Invitation
from tests.world import inbox_of, member_of

DESK = "/w/demo/lists/open"
AWAY = "/w/demo/welcome/putting-away/"


@pytest.fixture
def at_olga(olga):
    client = Client()
    client.force_login(olga.user)
    return client


def text(client, path: str = DESK) -> str:
    return client.get(path).content.decode()


def make_demo(workspace) -> None:
    workspace.is_demo = True
    workspace.save()


def test_the_owner_of_the_demo_is_told_how_to_go_on(at_olga, demo):
    make_demo(demo)

    assert "Start a workspace of your own" in text(at_olga)


def test_an_agent_of_the_demo_is_not(demo, ada, client):
    make_demo(demo)
    client.force_login(ada.user)

    assert "first-bar" not in text(client)


def test_put_away_it_is_gone_for_this_member_alone(at_olga, demo, client):
    make_demo(demo)
    second = member_of(demo, "Otto", "owner")
    client.force_login(second.user)

    assert at_olga.post(AWAY, {"bar": "demo"}).headers["Location"] == "/w/demo/"

    assert "first-bar" not in text(at_olga)
    assert "first-bar" in text(client)


def test_a_bar_that_is_not_there_is_not_put_away(at_olga, olga):
    at_olga.post(AWAY, {"bar": "x" * 500})

    olga.refresh_from_db()
    assert olga.put_away == []


def test_a_new_workspace_has_steps_that_get_done(at_olga, olga, demo):
    assert "0 of 5 done" in text(at_olga)
    account = inbox_of(demo, "Support", "support@demo.example").mail_account
    assert "1 of 5 done" in text(at_olga)
    Mail.objects.create(workspace=demo, account=account, received_by="smtp", next_at=None)
    Invitation.issue("emil@lamps.example", demo.roles.get(key="agent"), by=olga)
    assert "3 of 5 done" in text(at_olga)


def test_all_done_the_bar_is_gone(at_olga, olga, demo, ada):
    account = inbox_of(demo, "Support", "support@demo.example").mail_account
    MailAccount.objects.update(outgoing="smtp")
    Mail.objects.create(workspace=demo, account=account, received_by="smtp", next_at=None)
    TOTP.activate(olga.user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    assert "first-bar" not in text(at_olga)


def test_steps_of_another_workspace_are_not_ours(at_olga, other_matter):
    assert "0 of 5 done" in text(at_olga)


def test_after_a_month_nobody_is_reminded(at_olga, demo):
    demo.created_at = timezone.now() - timedelta(days=31)
    demo.save()

    assert "first-bar" not in text(at_olga)


def test_the_bar_asks_one_question(at_olga, demo, django_assert_num_queries):
    from answerable.welcome.first_bars import what_is_left

    member = demo.members.select_related("workspace", "role").get()
    with django_assert_num_queries(1):
        what_is_left(member)
