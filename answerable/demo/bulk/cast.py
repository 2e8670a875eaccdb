"""Who answers at the demo's company, and where: enough people and inboxes for many mails."""

from dataclasses import dataclass, field

from answerable.channels.email.models import MailAccount
from answerable.conversations.models import Inbox, Tag
from answerable.demo.company import SIGNATURE, SLUG
from answerable.demo.paper import file
from answerable.files.models import File
from answerable.workspaces.models import Member, Team, User, Workspace

# From so many conversations on, the shop is a company with more inboxes and people.
LARGE = 5_000
MORE_INBOXES = ["Warranty", "Returns", "Wholesale", "Spare parts", "Press", "Jobs"]
MORE_PEOPLE = [
    "Mina Harrow", "Theo Castell", "Ruth Abara", "Ilya Markov", "Sol Vega", "Greta Holm",
    "Dana Whitlock", "Kai Nakamura", "Vera Lund", "Hugo Ferrand", "Nia Mbeki", "Otto Lindner",
    "Pia Castro", "Quinn Avery", "Remy Lacroix", "Saskia Blom", "Tariq Nasser", "Una Byrne",
    "Wes Tillman", "Yara Costa",
]  # fmt: skip


@dataclass
class Place:
    """An inbox, its address, and who answers there."""

    inbox: int
    address: str
    members: list[tuple[int, str]]
    team: int | None


@dataclass
class Cast:
    """What conversations of the demo refer to."""

    workspace: Workspace
    places: dict[str, list[Place]]
    tags: dict[str, int]
    papers: list[tuple[int, str, str, int]] = field(default_factory=list)


def cast_of(count: int) -> Cast:
    workspace = Workspace.objects.get(slug=SLUG)
    if count >= LARGE:
        _grow(workspace)
    places = [_place(inbox) for inbox in workspace.inboxes.order_by("pk")]
    support = [place for place in places if not place.address.startswith("sales")]
    return Cast(
        workspace,
        # Most mails go to the first inbox, as everywhere.
        {"support": [places[0]] * 6 + support, "sales": places[1:2] or places},
        dict(Tag.objects.filter(workspace=workspace).values_list("name", "pk")),
        [_paper(workspace, name) for name in ("shade.png", "invoice.pdf")],
    )


def _place(inbox: Inbox) -> Place:
    agents = Member.objects.filter(teams__inboxes=inbox) | Member.objects.filter(inboxes=inbox)
    named = agents.distinct().order_by("pk").values_list("pk", "display_name")
    team = inbox.teams.order_by("pk").first()
    return Place(inbox.pk, inbox.mail_account.address, list(named), team.pk if team else None)


def _paper(workspace: Workspace, name: str) -> tuple[int, str, str, int]:
    content, media_type = file(name)
    kept = File.objects.of_content(workspace.pk, content, media_type)
    return kept.pk, name, media_type, len(content)


def _grow(workspace: Workspace) -> None:
    """More inboxes, each with a team of its own and some agents. Doing it twice does it once."""
    people = [_agent(workspace, name) for name in MORE_PEOPLE]
    for number, name in enumerate(MORE_INBOXES):
        inbox, is_new = Inbox.objects.get_or_create(workspace=workspace, name=name)
        team, _ = Team.objects.get_or_create(workspace=workspace, name=name)
        team.members.add(*people[number * 3 : number * 3 + 5])
        inbox.teams.add(team)
        if is_new:
            address = f"{name.lower().replace(' ', '-')}@demo.example"
            MailAccount.objects.create(workspace=workspace, inbox=inbox, address=address)


def _agent(workspace: Workspace, name: str) -> Member:
    first = name.partition(" ")[0]
    user, is_new = User.objects.get_or_create(email=f"{first.lower()}@demo.example")
    if is_new:
        user.set_unusable_password()
        user.name = name
        user.save()
    member, _ = Member.objects.get_or_create(
        workspace=workspace,
        user=user,
        defaults={
            "role": workspace.roles.get(key="agent"),
            "display_name": name,
            "signature": SIGNATURE.format(name=first),
        },
    )
    return member
