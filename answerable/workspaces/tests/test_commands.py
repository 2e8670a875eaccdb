"""answerable workspace, answerable member."""

import pytest
from django.test import Client

from answerable.workspaces.commands.member import member
from answerable.workspaces.commands.workspace import DATAERR, workspace
from answerable.workspaces.models import Member
from tests.world import PASSWORD

CREATE = ["create", "acme", "--name", "Acme", "--owner", "Olga@acme.example"]


@pytest.fixture
def password(tmp_path) -> list[str]:
    (tmp_path / "password").write_text(PASSWORD + "\n")
    return ["--password-file", str(tmp_path / "password")]


@pytest.fixture
def acme(db, password):
    workspace([*CREATE, *password])


def test_a_workspace_begins_with_its_owner(acme, enter, client):
    assert Member.objects.get().role.key == "owner"
    assert enter(client, "olga@acme.example").status_code == 302


def test_without_a_password_a_link_is_printed(db, capsys):
    workspace(CREATE)

    link = capsys.readouterr().out.split()[-1]
    page = Client().get("/" + link.split("/", 3)[3], follow=True)
    assert b"Join Acme" in page.content


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "acme", "ada@acme.example", "--role", "king"], "no role king"),
        (["add", "nowhere", "ada@acme.example"], "no workspace nowhere"),
        (["add", "acme", "olga@acme.example"], "a member already"),
        (["deactivate", "acme", "olga@acme.example"], "last owner"),
        (["deactivate", "acme", "ada@acme.example"], "no member of acme"),
        (["link", "ada@acme.example"], "Nobody has an account"),
    ],
)
def test_trouble_is_said_in_words(acme, capsys, words, said):
    assert member(words) == DATAERR
    assert said in capsys.readouterr().err


def test_a_short_password_is_refused(acme, capsys, tmp_path):
    (tmp_path / "password").write_text("short")
    file = str(tmp_path / "password")

    assert member(["add", "acme", "ada@acme.example", "--password-file", file]) == DATAERR
    assert "too short" in capsys.readouterr().err


def test_a_member_is_added_listed_and_put_out(acme, capsys, password):
    member(["add", "acme", "ada@acme.example", "--name", "Ada", *password])
    member(["deactivate", "acme", "ada@acme.example"])
    capsys.readouterr()

    member(["list", "acme"])

    assert "ada@acme.example\tagent\tAda\tdeactivated" in capsys.readouterr().out


def test_a_link_sets_a_new_password(acme, capsys):
    capsys.readouterr()
    member(["link", "olga@acme.example"])

    link = capsys.readouterr().out.strip()
    page = Client().get("/" + link.split("/", 3)[3], follow=True)
    assert b"Choose a new password" in page.content
