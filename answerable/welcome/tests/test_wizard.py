"""From nothing to a desk of one's own: company, mail, colleagues."""

import pytest
from django.test import Client

from answerable.channels.email.models import MailAccount
from answerable.workspaces.models import Invitation, Notice, Workspace
from tests.world import inbox_of

COLLEAGUES = "/w/demo/welcome/colleagues/"
MAIL = "/w/demo/welcome/mail/"


@pytest.fixture
def at_olga(olga):
    client = Client()
    client.force_login(olga.user)
    return client


@pytest.fixture
def agent(demo):
    return demo.roles.get(key="agent").pk


def test_where_it_is_allowed_the_steps_lead_to_the_desk(at_olga, settings):
    settings.OPEN, settings.EMAIL_HOST = True, "mail.example"

    assert at_olga.get("/start/").headers["Location"] == "/workspaces/new/"
    words = {"name": "Acme", "slug": "acme", "display_name": "Olga"}
    first = at_olga.post("/workspaces/new/", words).headers["Location"]
    second = at_olga.post(first, {"address": "help@acme.example", "name": "Support"})
    role = Workspace.objects.get(slug="acme").roles.get(key="agent").pk
    third = at_olga.post(second.headers["Location"], {"emails": "a@acme.example", "role": role})

    assert third.headers["Location"] == "/w/acme/"
    assert MailAccount.objects.get(workspace__slug="acme").inbox.name == "Support"
    assert Invitation.objects.get(workspace__slug="acme").email == "a@acme.example"


def test_where_it_is_not_allowed_it_says_who_may(at_olga):
    page = at_olga.get("/start/")

    assert page.status_code == 200
    assert b"answerable workspace create" in page.content


def test_an_operator_may(at_olga, olga):
    olga.user.is_operator = True
    olga.user.save()

    assert at_olga.get("/start/").headers["Location"] == "/workspaces/new/"


def test_each_colleague_gets_a_mail(at_olga, agent, settings):
    settings.EMAIL_HOST = "mail.example"

    at_olga.post(COLLEAGUES, {"emails": "a@x.example, B@x.example\na@x.example", "role": agent})

    assert {notice.to for notice in Notice.objects.all()} == {"a@x.example", "b@x.example"}


def test_without_a_mail_server_the_links_are_shown(at_olga, agent, settings):
    page = at_olga.post(COLLEAGUES, {"emails": "a@x.example", "role": agent}).content.decode()

    assert f"{settings.SITE_URL}/invitation/" in page


def test_members_are_not_invited_again(at_olga, agent, ada):
    at_olga.post(COLLEAGUES, {"emails": ada.user.email, "role": agent})

    assert not Invitation.objects.exists()


@pytest.mark.parametrize("emails", ["", "nobody", " ".join(f"a{n}@x.example" for n in range(51))])
def test_what_is_no_list_of_addresses_is_refused(at_olga, agent, emails):
    assert at_olga.post(COLLEAGUES, {"emails": emails, "role": agent}).status_code == 422


def test_nobody_is_invited_into_a_role_of_another_workspace(at_olga, other):
    foreign = other.roles.get(key="owner").pk

    assert at_olga.post(COLLEAGUES, {"emails": "a@x.example", "role": foreign}).status_code == 422


def test_an_address_of_somebody_else_is_refused(at_olga, other):
    inbox_of(other, "Help", "help@other.example")

    assert at_olga.post(MAIL, {"address": "help@other.example", "name": "Us"}).status_code == 422


def test_the_steps_are_for_who_may(client, ada):
    client.force_login(ada.user)

    assert client.get(MAIL).status_code == 404
    assert client.get(COLLEAGUES).status_code == 404
