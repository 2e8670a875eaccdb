"""Knocks at every route, in every role, with things of other people (T036).

Whoever may not come in is told "not found", and nothing has changed. That the door opens to
whoever may is shown first, or "not found" would prove nothing.
"""

import pytest
from django.apps import apps
from django.db import models

from answerable.workspaces.models import Workspace
from answerable.workspaces.rights import STARTING_ROLES
from tests.around import World
from tests.doors import thing_of, values_for
from tests.routes import nothing_written, routes
from tests.world import member_of

pytestmark = pytest.mark.any_database

OURS = [route for route in routes() if route.is_ours]
FOR_MEMBERS = [route for route in OURS if route.door and route.door.opens_to == "member"]
LIBRARIES = ("allauth.", "django.")

# On a storey below workspaces, where no door is known: pages about nobody.
ABOUT_NOBODY = {"look", "theme"}

# What a form might hold; names that a page does not know are ignored by it.
FORM = {"text": "Try another bulb.", "subject": "Lamp", "name": "Lamp", "priority": "3"}
SECRETS = ["Late parcel", "Where is it?", "Dora"]


@pytest.fixture
def ours(broken_lamp, ada) -> World:
    return World(broken_lamp, ada)


@pytest.fixture
def theirs(other_matter, mallory) -> World:
    """Of the other workspace, with numbers that ours does not have."""
    other_matter.number = 9_001
    other_matter.save()
    return World(other_matter, mallory)


@pytest.fixture
def olgas(broken_lamp, olga) -> World:
    return World(broken_lamp, olga)


@pytest.mark.parametrize("route", OURS, ids=str)
def test_every_route_declares_its_door(route):
    assert route.door or route.name in ABOUT_NOBODY, (
        f"{route} ({route.pattern}) declares no door: answerable/workspaces/door.py"
    )


def test_what_is_not_ours_comes_from_libraries_we_know():
    strangers = [str(route) for route in routes() if not route.is_ours]
    known = [str(route) for route in routes() if route.view.__module__.startswith(LIBRARIES)]

    assert set(strangers) <= set(known)


def test_routes_for_members_name_the_workspace_first():
    for route in FOR_MEMBERS:
        assert route.pattern.startswith("w/<slug:workspace>/"), route


@pytest.mark.parametrize("route", FOR_MEMBERS, ids=str)
def test_the_door_opens_to_whoever_may(client, route, olgas):
    client.force_login(olgas.member.user)
    address = route.address(values_for(route, olgas))
    form = FORM | {"event": olgas.conversation.last_number}

    codes = [client.get(address).status_code, client.post(address, form).status_code]

    assert any(code not in {403, 404, 405} for code in codes), (address, codes)
    assert all(code < 500 for code in codes), (address, codes)


@pytest.mark.parametrize("route", FOR_MEMBERS, ids=str)
def test_a_role_without_the_right_is_not_let_in(client, route, olgas):
    address = route.address(values_for(route, olgas))

    for key, _, rights, _ in STARTING_ROLES:
        if route.door.right not in rights:
            member = member_of(olgas.workspace, key, key)
            olgas.conversation.inbox.members.add(member)
            client.force_login(member.user)
            assert_shut(client, address)


@pytest.mark.parametrize("route", FOR_MEMBERS, ids=str)
def test_another_workspace_is_not_found(client, route, olga, theirs):
    client.force_login(olga.user)
    address = route.address(values_for(route, theirs))

    assert_shut(client, address)


@pytest.mark.parametrize("route", FOR_MEMBERS, ids=str)
def test_things_of_another_workspace_are_not_found_under_ours(client, route, olgas, theirs):
    client.force_login(olgas.member.user)
    own, foreign = values_for(route, olgas), values_for(route, theirs)

    for name in route.parameters:
        if name != "workspace" and thing_of(route, name):
            assert_shut(client, route.address(own | {name: foreign[name]}))


@pytest.mark.parametrize("route", FOR_MEMBERS, ids=str)
def test_what_is_in_a_foreign_inbox_is_not_found(client, route, ours, bo):
    names = [name for name in route.parameters if name != "workspace"]
    if not any((thing := thing_of(route, name)) and thing.is_behind_inbox for name in names):
        return
    client.force_login(bo.user)

    assert_shut(client, route.address(values_for(route, ours)))


@pytest.mark.parametrize("route", FOR_MEMBERS, ids=str)
def test_a_member_who_left_is_not_let_in(client, route, olgas):
    client.force_login(olgas.member.user)
    address = route.address(values_for(route, olgas))
    type(olgas.member).objects.filter(pk=olgas.member.pk).update(active=False)

    assert_shut(client, address)


@pytest.mark.parametrize("route", FOR_MEMBERS, ids=str)
def test_nobody_comes_in_without_signing_in(client, route, olgas):
    address = route.address(values_for(route, olgas))

    with nothing_written():
        answers = [client.get(address), client.post(address, FORM)]

    for answer in answers:
        assert answer.status_code in {302, 404, 405}
        assert "/accounts/login/" in answer.headers.get("Location", "/accounts/login/")


@pytest.mark.parametrize("route", FOR_MEMBERS, ids=str)
def test_no_form_ties_ours_to_theirs(client, route, olgas, theirs):
    """A form that names things of another workspace: nothing of theirs changes or shows."""
    client.force_login(olgas.member.user)
    form = FORM | names_of(theirs)
    before = everything_of(theirs.workspace)

    answer = client.post(route.address(values_for(route, olgas)), form)

    assert not any(secret in answer.content.decode(errors="replace") for secret in SECRETS)
    assert everything_of(theirs.workspace) == before
    assert ties_between_workspaces() == []


def test_a_write_behind_a_shut_door_would_be_seen(broken_lamp, ada):
    with pytest.raises(AssertionError, match="conversations_conversation"), nothing_written():
        broken_lamp.rename("Whole lamp", by=ada)


def assert_shut(client, address: str) -> None:
    with nothing_written():
        answers = [client.get(address), client.post(address, FORM)]

    for answer in answers:
        assert answer.status_code in {404, 405}, (address, answer.status_code)
        assert not any(secret in answer.content.decode(errors="replace") for secret in SECRETS)


def names_of(world: World) -> dict[str, object]:
    """Each field that a form of ours might have, holding a thing of this world."""
    conversation = world.conversation
    inbox = conversation.inbox
    ids = {
        **dict.fromkeys(("member", "members", "assignee", "mentions"), world.member.pk),
        **dict.fromkeys(("team", "teams"), world.team.pk),
        **dict.fromkeys(("inbox", "inboxes"), inbox.pk),
        **dict.fromkeys(("file", "files", "attachment", "attachments"), world.waiting_file.pk),
        **dict.fromkeys(("customer", "requester"), conversation.requester.pk),
        **dict.fromkeys(("tag", "into"), world.tag.pk),
        "status": world.own_status.pk,
        "company": world.company.pk,
        "role": world.member.role_id,
        "message": world.message.pk,
        "draft": world.draft.pk,
        "conversation": conversation.pk,
        "workspace": world.workspace.pk,
    }
    return ids | {f"{name}_id": value for name, value in ids.items()}


def everything_of(workspace: Workspace) -> dict[str, list[tuple]]:
    return {
        model._meta.label: sorted(model.objects.filter(workspace=workspace).values_list(), key=repr)
        for model in models_with_workspace()
    }


def models_with_workspace() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if _names_workspace(model)]


def ties_between_workspaces() -> list[str]:
    """Rows of one workspace that point to a row of another."""
    return [
        f"{model._meta.label}.{relation.name}"
        for model in models_with_workspace()
        for relation in [*model._meta.fields, *model._meta.many_to_many]
        if relation.is_relation and _names_workspace(relation.related_model)
        if model.objects.exclude(**{relation.name: None})
        .exclude(**{f"{relation.name}__workspace": models.F("workspace")})
        .exists()
    ]


def _names_workspace(model: type[models.Model]) -> bool:
    return any(field.name == "workspace" for field in model._meta.fields)
