"""A small world with names: Ada answers support, Bo must not see it, Carl asks.

Olga owns the workspace; Mallory belongs to another one on the same installation.
"""

import pytest

from answerable.channels.email.models import MailAccount
from answerable.conversations.models import Conversation, Inbox
from answerable.conversations.words import Words
from answerable.customers.models import Identity
from answerable.workspaces.models import Member, Team, User, Workspace

PASSWORD = "a-long-enough-password"


def member_of(workspace: Workspace, name: str, role: str = "agent") -> Member:
    user = User.objects.create_user(f"{name.lower()}@{workspace.slug}.example", PASSWORD, name=name)
    return Member.objects.create(
        workspace=workspace,
        user=user,
        role=workspace.roles.get(key=role),
        display_name=name,
    )


def inbox_of(workspace: Workspace, name: str, address: str) -> Inbox:
    inbox = Inbox.objects.create(workspace=workspace, name=name)
    MailAccount.objects.create(workspace=workspace, inbox=inbox, address=address)
    return inbox


def ask(inbox: Inbox, email: str, name: str, subject: str, text: str) -> Conversation:
    """A conversation that somebody started with one message."""
    sender = Identity.objects.of_address(inbox.workspace_id, email, name)
    conversation = Conversation.start(inbox, sender.customer, subject)
    conversation.receive(
        Words(sender=sender, new_text=text, from_name=name, from_email=email, subject=subject)
    )
    return conversation


@pytest.fixture
def demo(db) -> Workspace:
    return Workspace.start("demo", "Demo Lamps")


@pytest.fixture
def olga(demo) -> Member:
    """Owns the workspace."""
    return member_of(demo, "Olga", "owner")


@pytest.fixture
def ada(demo) -> Member:
    """Answers the support inbox."""
    ada = member_of(demo, "Ada")
    Team.objects.create(workspace=demo, name="Support").members.add(ada)
    return ada


@pytest.fixture
def bo(demo) -> Member:
    """Answers elsewhere, and must not see what support sees."""
    bo = member_of(demo, "Bo")
    Team.objects.create(workspace=demo, name="Sales").members.add(bo)
    return bo


@pytest.fixture
def support(ada) -> Inbox:
    inbox = inbox_of(ada.workspace, "Support", "support@demo.example")
    inbox.teams.add(ada.teams.get())
    return inbox


@pytest.fixture
def carl(demo) -> Identity:
    """Asks."""
    return Identity.objects.of_address(demo.pk, "carl@customer.example", "Carl")


@pytest.fixture
def broken_lamp(support, carl) -> Conversation:
    """An open conversation, with one message from Carl."""
    return ask(support, "carl@customer.example", "Carl", "Broken lamp", "It does not light.")


@pytest.fixture
def other(db) -> Workspace:
    return Workspace.start("other", "Other Company")


@pytest.fixture
def mallory(other) -> Member:
    """Owns another workspace, and must see nothing of this one."""
    return member_of(other, "Mallory", "owner")


@pytest.fixture
def other_matter(mallory) -> Conversation:
    """A conversation of the other workspace."""
    inbox = inbox_of(mallory.workspace, "Help", "help@other.example")
    return ask(inbox, "dora@customer.example", "Dora", "Late parcel", "Where is it?")
