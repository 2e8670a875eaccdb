"""The things around a conversation that addresses speak of, made when they are asked for."""

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
