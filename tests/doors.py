"""What to knock at doors with: things of our own and of other people."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.around import World
from tests.routes import Route


@dataclass(frozen=True)
class Thing:
    """What a name in an address stands for. Behind an inbox: only its people may know of it."""

    value: Callable[[World], object]
    is_behind_inbox: bool = True


# By route and name (`route.name`) where a name has several meanings, else by name. Whoever adds a
# route with a new name adds an entry here.
THINGS = {
    "number": Thing(lambda world: world.conversation.number),
    "message": Thing(lambda world: world.message.pk),
    "inbox": Thing(lambda world: world.conversation.inbox.pk),
    "account_id": Thing(lambda world: world.account.pk),
    "posted_mails.account": Thing(lambda world: world.account.pk, is_behind_inbox=False),
    "alias_id": Thing(lambda world: world.alias.pk),
    "mail_id": Thing(lambda world: world.mail.pk),
    "outgoing_id": Thing(lambda world: world.outgoing.pk),
    "avatar.name": Thing(lambda world: world.avatar, is_behind_inbox=False),
    "session_end.pk": Thing(lambda world: world.browser.pk, is_behind_inbox=False),
    **dict.fromkeys(
        ("member.pk", "deactivation.pk", "activation.pk"),
        Thing(lambda world: world.member.pk, is_behind_inbox=False),
    ),
    **dict.fromkeys(
        ("invitation_again.pk", "invitation_revocation.pk"),
        Thing(lambda world: world.invitation.pk, is_behind_inbox=False),
    ),
    **dict.fromkeys(
        ("team.pk", "team_removal.pk"),
        Thing(lambda world: world.team.pk, is_behind_inbox=False),
    ),
    **dict.fromkeys(
        ("role.pk", "role_removal.pk"),
        Thing(lambda world: world.member.role_id, is_behind_inbox=False),
    ),
    "mail_original.message": Thing(lambda world: world.filed.pk),
    "link": Thing(lambda world: world.link.pk),
    "template": Thing(lambda world: world.template.pk, is_behind_inbox=False),
    "macro": Thing(lambda world: world.macro.pk, is_behind_inbox=False),
    "block": Thing(lambda world: world.block.pk, is_behind_inbox=False),
    "tag": Thing(lambda world: world.tag.pk, is_behind_inbox=False),
    "view": Thing(lambda world: world.view.pk, is_behind_inbox=False),
    "errand": Thing(lambda world: world.errand.pk, is_behind_inbox=False),
    "own_status": Thing(lambda world: world.own_status.pk, is_behind_inbox=False),
    "field": Thing(lambda world: world.custom_field.pk, is_behind_inbox=False),
    "company": Thing(lambda world: world.company.pk, is_behind_inbox=False),
    "draft": Thing(lambda world: world.waiting_draft.pk),
    "unsending.message": Thing(lambda world: world.reply.pk),
    "customer": Thing(lambda world: world.conversation.requester.pk, is_behind_inbox=False),
    "identity": Thing(lambda world: world.phone.pk, is_behind_inbox=False),
    "customer_picture.name": Thing(lambda world: world.face, is_behind_inbox=False),
    "retry.message": Thing(lambda world: world.reply.pk),
    "message_body.pk": Thing(lambda world: world.message.pk),
    "attachment.pk": Thing(lambda world: world.attachment.pk),
    "removal.pk": Thing(lambda world: world.waiting_file.pk),
}

# Names that stand for a word, not for a thing that belongs to somebody.
WORDS = {
    "choices.kind": "tags",
    "errand_choices.kind": "tag",
    "kind": "reply",
    "key": "open",
    "token": "unsigned",
    "posted_mails.secret": "guessed",
    "posted_mails.provider": "postmark",
}


def thing_of(route: Route, parameter: str) -> Thing | None:
    """The thing a parameter stands for; None for a word."""
    for name in (f"{route.name}.{parameter}", parameter):
        if name in THINGS:
            return THINGS[name]
        if name in WORDS:
            return None
    raise AssertionError(f"tests/doors.py does not know what <{parameter}> of {route} is.")


def values_for(route: Route, world: World) -> dict[str, object]:
    values: dict[str, object] = {}
    for parameter in route.parameters:
        if parameter == "workspace":
            values[parameter] = world.workspace.slug
        elif thing := thing_of(route, parameter):
            values[parameter] = thing.value(world)
        else:
            values[parameter] = WORDS.get(f"{route.name}.{parameter}", WORDS.get(parameter))
    return values
