"""Who visits what, in a shop of any size: one who sees all, and one who sees two inboxes."""

from answerable.conversations.models import Conversation, Inbox, Tag
from answerable.workspaces.models import Member
from bench.visits import Round

LISTS = "mine unassigned mentions open snoozed resolved spam trash"


def owner() -> Member:
    return Member.objects.get(user__email="owner@demo.example")


def agent_of_two_inboxes() -> Member:
    agent = Member.objects.get(user__email="bo@demo.example")
    agent.teams.clear()
    agent.inboxes.set(Inbox.objects.filter(workspace=agent.workspace).order_by("pk")[:2])
    return agent


def rounds() -> dict[str, Round]:
    both = {"owner": owner(), "agent": agent_of_two_inboxes()}
    return {who: Round(member, {**_lists(member), **_more(member)}) for who, member in both.items()}


def _lists(member: Member) -> dict[str, str]:
    tags = dict(Tag.objects.filter(workspace=member.workspace).values_list("name", "pk"))
    team = member.workspace.teams.get(name="Support")
    keys = {key: key for key in LISTS.split()}
    keys |= {"team": f"team-{team.pk}", "tag, common": f"tag-{tags['delivery']}"}
    keys |= {"tag, rare": f"tag-{tags['safety']}"}
    return {name: f"/w/demo/lists/{key}" for name, key in keys.items()}


def _more(member: Member) -> dict[str, str]:
    resolved = Conversation.objects.visible_to(member).filter(shelf="resolved")
    some = resolved.filter(message_count__gte=4).latest("number")
    deep = resolved.order_by("-last_activity_at")[300]
    after = f"{int(deep.last_activity_at.timestamp() * 1_000_000)}.{deep.pk}"
    return {
        "resolved, later": f"/w/demo/lists/resolved/rows?after={after}",
        "conversation": f"/w/demo/conversations/{some.number}",
        "customer": f"/w/demo/conversations/{some.number}/customer",
    }
