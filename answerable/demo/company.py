"""The demo's company: Lumen & Oak, a shop for lamps, with its people, inboxes and words."""

from dataclasses import dataclass

from answerable.channels.email.models import Alias, MailAccount
from answerable.conversations.models import Inbox, Status, Tag
from answerable.customers.models import Company, CompanyDomain, CustomField
from answerable.workspaces.models import Member, Team, User, Workspace

SLUG = "demo"
OWNER = "owner@demo.example"
# The demo's own mail server, whose word on senders is believed.
SERVER = "mx.demo.example"

PEOPLE = [
    ("ada", "Ada Lindholm", "agent", "Support"),
    ("priya", "Priya Raman", "agent", "Support"),
    ("bo", "Bo Sørensen", "agent", "Sales"),
]
SIGNATURE = "{name}\nLumen & Oak · lamps that last"
TAGS = {
    "damaged": "red",
    "delivery": "blue",
    "return": "amber",
    "invoice": "violet",
    "payment": "violet",
    "technical": "teal",
    "advice": "green",
    "warranty": "teal",
    "privacy": "pink",
    "safety": "red",
    "sales": "green",
}
COMPANIES = {
    "Northgate Hotels": "northgate-hotels.example",
    "Osei Architects": "osei-architects.example",
    "Sunrise Dental": "sunrise-dental.example",
    "Riverside Academy": "riverside-academy.example",
}


@dataclass(frozen=True)
class Shop:
    """What the stories speak of."""

    workspace: Workspace
    members: dict[str, Member]
    inboxes: dict[str, Inbox]
    tags: dict[str, Tag]


def open_shop(password: str) -> Shop:
    workspace = Workspace.start(SLUG, "Lumen & Oak", is_demo=True)
    teams = {
        name: Team.objects.create(workspace=workspace, name=name) for name in ("Support", "Sales")
    }
    owner = User.objects.create_user(OWNER, password, name="Olive Oak")
    _join(workspace, owner, "Olive Oak", "owner")
    members = {key: _hire(workspace, name, role, teams[team]) for key, name, role, team in PEOPLE}
    inboxes = {
        "support": _inbox(workspace, "Support", "support@demo.example", list(teams.values())),
        "sales": _inbox(workspace, "Sales", "sales@demo.example", [teams["Sales"]]),
    }
    for name, domain in COMPANIES.items():
        company = Company.objects.create(workspace=workspace, name=name)
        CompanyDomain.objects.create(workspace=workspace, company=company, domain=domain)
    _words(workspace)
    tags = {
        name: Tag.objects.create(workspace=workspace, name=name, colour=colour)
        for name, colour in TAGS.items()
    }
    return Shop(workspace, members, inboxes, tags)


def _hire(workspace: Workspace, name: str, role: str, team: Team) -> Member:
    email = f"{name.split(maxsplit=1)[0].lower()}@demo.example"
    member = _join(workspace, User.objects.create_user(email, name=name), name, role)
    team.members.add(member)
    return member


def _join(workspace: Workspace, user: User, name: str, role: str) -> Member:
    return Member.objects.create(
        workspace=workspace,
        user=user,
        role=workspace.roles.get(key=role),
        display_name=name,
        signature=SIGNATURE.format(name=name.split(maxsplit=1)[0]),
    )


def _inbox(workspace: Workspace, name: str, address: str, teams: list[Team]) -> Inbox:
    inbox = Inbox.objects.create(workspace=workspace, name=name)
    inbox.teams.set(teams)
    account = MailAccount.objects.create(
        workspace=workspace,
        inbox=inbox,
        address=address,
        from_name="Lumen & Oak",
        trusted_authserv_ids=[SERVER],
    )
    if name == "Support":
        Alias.objects.create(workspace=workspace, account=account, address="help@demo.example")
    return inbox


def _words(workspace: Workspace) -> None:
    """Statuses and fields of the shop's own."""
    for position, (name, category) in enumerate(
        [
            ("Waiting for parts", "waiting"),
            ("With the carrier", "waiting"),
            ("Refunded", "resolved"),
        ]
    ):
        Status.objects.create(workspace=workspace, name=name, category=category, position=position)
    fields = [
        ("customer", "account", "Account", "text"),
        ("conversation", "order", "Order", "text"),
    ]
    for on, key, name, kind in fields:
        CustomField.objects.create(workspace=workspace, on=on, key=key, name=name, kind=kind)
