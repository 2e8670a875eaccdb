"""A workspace of one's own: only where the operator allows it (T049)."""

import pytest

NEW = "/workspaces/new/"
WORDS = {"name": "Acme", "slug": "acme", "display_name": "Ada"}


def test_t049_it_is_not_there_unless_allowed(ada_in, other):
    assert ada_in.get(NEW).status_code == 404
    assert ada_in.post(NEW, WORDS).status_code == 404


def test_t049_nobody_starts_one_without_an_account(client, db, settings):
    settings.OPEN = True

    assert "/accounts/login/" in client.post(NEW, WORDS).headers["Location"]


def test_who_starts_one_owns_it(ada_in, ada, settings):
    settings.OPEN = True

    ada_in.post(NEW, WORDS)

    started = ada.user.memberships.get(workspace__slug="acme")
    assert started.role.key == "owner"
    assert ada_in.get("/w/acme/settings/members/").status_code == 200


@pytest.mark.parametrize("slug", ["demo", "DEMO", "a b", "../x", ""])
def test_an_address_that_will_not_do_is_refused(ada_in, settings, slug):
    settings.OPEN = True

    assert ada_in.post(NEW, WORDS | {"slug": slug}).status_code == 422
