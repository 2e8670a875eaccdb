"""What to knock at doors with: things of our own and of other people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from io import BytesIO

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from answerable.channels.email.models import Alias, Mail, MailAccount, Outgoing
from answerable.conversations.models import (
    Attachment,
    Conversation,
    Draft,
    Errand,
    Link,
    Macro,
    Message,
    Note,
    ReplyTemplate,
    Status,
    Tag,
    View,
)
from answerable.customers.models import Block, Company, CustomField, Identity
from answerable.files.models import File
from answerable.workspaces import pictures
from answerable.workspaces.models import Invitation, Member, Team, Workspace
from tests.routes import Route


class World:
    """One thing of each kind around a conversation, made when it is asked for."""

    def __init__(self, conversation: Conversation, member: Member) -> None:
        self.conversation = conversation
        self.member = member

    @property
    def workspace(self) -> Workspace:
        return self.conversation.workspace

    @cached_property
    def message(self) -> Message:
        return self.conversation.messages.first()

    @cached_property
    def filed(self) -> Message:
        """A message whose mail was kept."""
        mail = File.objects.of_content(self.workspace.pk, b"Subject: Lamp", "message/rfc822")
        Mail.objects.create(
            workspace=self.workspace,
            account=MailAccount.objects.get(inbox=self.conversation.inbox),
            message=self.message,
            original=mail,
            state=Mail.State.FILED,
            received_by=Mail.By.SMTP,
        )
        return self.message

    @cached_property
    def reply(self) -> Message:
        return self.conversation.reply("Try another bulb.", by=self.member)

    @cached_property
    def account(self) -> MailAccount:
        return MailAccount.objects.get(inbox=self.conversation.inbox)

    @cached_property
    def alias(self) -> Alias:
        address = f"help-{self.workspace.slug}@lamps.example"
        return self.account.aliases.create(workspace=self.workspace, address=address)

    @cached_property
    def mail(self) -> Mail:
        """One that was refused."""
        return self.account.mails.create(
            workspace=self.workspace, state="refused", received_by="smtp", raw=b"Where is it?"
        )

    @cached_property
    def outgoing(self) -> Outgoing:
        return self.account.outbox.create(
            workspace=self.workspace, recipient="carl@lamps.example", raw=b"Where is it?"
        )

    @cached_property
    def team(self) -> Team:
        return self.workspace.teams.create(name="Lamps")

    @cached_property
    def avatar(self) -> str:
        """The name of the member's picture."""
        picture = BytesIO()
        Image.new("RGB", (8, 8), (self.workspace.pk, 0, 0)).save(picture, "PNG")
        upload = SimpleUploadedFile("me.png", picture.getvalue())
        self.member.avatar = pictures.keep(self.workspace.pk, upload)
        self.member.save()
        return self.member.avatar

    @cached_property
    def face(self) -> str:
        """The name of the customer's picture."""
        customer = self.conversation.requester
        customer.avatar = self.avatar
        customer.save()
        return customer.avatar

    @cached_property
    def phone(self) -> Identity:
        """A number that stands in no conversation."""
        number = f"+49301234{self.workspace.pk}"
        return self.conversation.requester.identities.create(
            workspace=self.workspace, kind="phone", value=number, shown=number
        )

    @cached_property
    def browser(self) -> UserSession:
        """Where the member is signed in, elsewhere."""
        session = SessionStore()
        session.create()
        return UserSession.objects.create(
            user=self.member.user,
            session_key=session.session_key,
            ip="192.0.2.7",
            user_agent="Firefox",
        )

    @cached_property
    def invitation(self) -> Invitation:
        role = self.workspace.roles.get(key="agent")
        return Invitation.issue("emil@lamps.example", role, by=self.member)[0]

    @cached_property
    def link(self) -> Link:
        address = f"https://tracker.example/{self.workspace.slug}"
        return self.conversation.link(Link.Kind.OUTSIDE, address=address, by=self.member)

    @cached_property
    def template(self) -> ReplyTemplate:
        return self.workspace.reply_templates.create(name="Thanks", text="Thank you.")

    @cached_property
    def macro(self) -> Macro:
        return self.workspace.macros.create(name="Thanks", note="Thanked.")

    @cached_property
    def block(self) -> Block:
        return self.workspace.blocks.create(value="spam.example", kind="domain", by=self.member)

    @cached_property
    def tag(self) -> Tag:
        return self.workspace.tags.create(name="heavy")

    @cached_property
    def view(self) -> View:
        return self.workspace.views.create(name="Late", owner=self.member)

    @cached_property
    def errand(self) -> Errand:
        """Of the member, and done."""
        return Errand.objects.create(
            workspace=self.workspace, member=self.member, acts=[["star", ""]], state="done"
        )

    @cached_property
    def own_status(self) -> Status:
        return self.workspace.statuses.create(name="With the carrier", category="waiting")

    @cached_property
    def custom_field(self) -> CustomField:
        return self.workspace.custom_fields.create(on="customer", key="account", name="Account")

    @cached_property
    def company(self) -> Company:
        return self.workspace.companies.create(name="Northgate Hotels")

    @cached_property
    def note(self) -> Note:
        return self.conversation.note("Between us.", by=self.member)

    @cached_property
    def draft(self) -> Draft:
        return Draft.objects.create(
            workspace=self.workspace,
            conversation=self.conversation,
            member=self.member,
            text="Half a thought.",
        )

    @cached_property
    def waiting_draft(self) -> Draft:
        """Will be sent tomorrow."""
        self.draft.send_at = timezone.now() + timedelta(days=1)
        self.draft.save()
        return self.draft

    @cached_property
    def waiting_file(self) -> Attachment:
        """In a draft, not sent yet."""
        return self._attach(draft=self.draft)

    @cached_property
    def attachment(self) -> Attachment:
        return self._attach(message=self.message)

    def _attach(self, **to: object) -> Attachment:
        file = File.objects.of_content(self.workspace.pk, b"a picture", "image/png")
        return Attachment.objects.create(
            workspace=self.workspace,
            conversation=self.conversation,
            file=file,
            name="lamp.png",
            media_type="image/png",
            **to,
        )


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
