from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.conversations.models.holding import Holding
from answerable.conversations.models.inbox import Inbox, inbox_ids
from answerable.conversations.models.joining import Joining
from answerable.conversations.models.locking import Locking
from answerable.conversations.models.sorting import Sorting
from answerable.conversations.models.standing import Standing
from answerable.conversations.models.status import Category, Status
from answerable.conversations.models.tag import Tag
from answerable.conversations.models.talking import Talking
from answerable.customers.models import Customer
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Counter, Member, Team, Workspace


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, member: Member) -> Self:
        """Those this member may see. The rule is written here and nowhere else."""
        here = self.filter(workspace=member.workspace_id)
        ids = inbox_ids(member)
        return here if ids is None else here.filter(inbox__in=ids)

    def due_to_wake(self) -> Self:
        return self.filter(shelf=Conversation.Shelf.SNOOZED, snoozed_until__lte=timezone.now())


class Conversation(Locking, Talking, Standing, Sorting, Joining, Holding, models.Model):
    """One matter of one customer, from their first word until it is settled."""

    class Shelf(models.TextChoices):
        """Which list it stands on: follows from its status, unless it is spam or trash."""

        OPEN = "open", _("Open")
        SNOOZED = "snoozed", _("Snoozed")
        RESOLVED = "resolved", _("Resolved")
        SPAM = "spam", _("Spam")
        TRASH = "trash", _("Trash")
        MERGED = "merged", _("Merged")

    class Priority(models.IntegerChoices):
        LOW = 1, _("Low")
        NORMAL = 2, _("Normal")
        HIGH = 3, _("High")
        URGENT = 4, _("Urgent")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="conversations")
    number = models.BigIntegerField()
    inbox = models.ForeignKey(Inbox, models.PROTECT, related_name="conversations")
    requester = models.ForeignKey(Customer, models.PROTECT, related_name="conversations")
    subject = models.CharField(_("Subject"), max_length=250)
    category = models.CharField(max_length=10, choices=Category, default=Category.NEW)
    status = models.ForeignKey(Status, models.SET_NULL, null=True, blank=True)
    shelf = models.CharField(max_length=10, choices=Shelf, default=Shelf.OPEN)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    assignee = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True)
    tags = models.ManyToManyField(Tag, related_name="conversations", blank=True)
    fields = models.JSONField(default=dict)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_activity_at = models.DateTimeField(default=timezone.now)
    last_in_at = models.DateTimeField(null=True)
    last_out_at = models.DateTimeField(null=True)
    first_out_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    message_count = models.PositiveIntegerField(default=0)
    preview = models.CharField(max_length=160, blank=True)
    preview_by = models.CharField(max_length=120, blank=True)
    has_attachments = models.BooleanField(default=False)
    last_number = models.BigIntegerField(default=0)
    last_message_number = models.BigIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    # A side conversation: with a third party, about this one, and never mixed with it.
    side_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="side_conversations"
    )

    objects = ConversationQuerySet.as_manager()

    register = Register(
        personal(
            "requester",
            whose=Whose.CUSTOMER,
            what=What.LINK,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        personal(
            "subject",
            "preview",
            "preview_by",
            "fields",
            "has_attachments",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.BLANK,
        ),
        personal(
            "created_at",
            "last_activity_at",
            "last_in_at",
            "last_out_at",
            "first_out_at",
            "waiting_since",
            "resolved_at",
            "snoozed_until",
            "message_count",
            "tags",
            whose=Whose.CUSTOMER,
            what=What.BEHAVIOUR,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.STAYS,
        ),
        personal(
            "assignee",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.UNLINK,
        ),
        plain(
            "id",
            "workspace",
            "number",
            "inbox",
            "category",
            "status",
            "shelf",
            "priority",
            "team",
            "last_number",
            "last_message_number",
            "merged_into",
            "side_of",
        ),
        person="requester",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "number"], name="conversation_number_in_workspace"
            )
        ]
        indexes = [
            # Each ends with the inbox, so that counting, and passing over what a member may not
            # see, need not look at the rows themselves.
            models.Index(
                fields=["workspace", "shelf", "-last_activity_at", "-id", "inbox"],
                name="conversation_shelf",
            ),
            models.Index(
                fields=["workspace", "assignee", "shelf", "-last_activity_at", "-id", "inbox"],
                name="conversation_assignee",
            ),
            models.Index(
                fields=["workspace", "-last_activity_at", "-id", "inbox"],
                name="conversation_unassigned",
                condition=models.Q(assignee=None, shelf="open"),
            ),
            models.Index(
                fields=["workspace", "team", "shelf", "-last_activity_at", "-id", "inbox"],
                name="conversation_team",
            ),
            models.Index(fields=["requester", "-last_activity_at"], name="conversation_requester"),
            models.Index(
                fields=["snoozed_until"],
                name="conversation_to_wake",
                condition=models.Q(shelf="snoozed"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("conversation", args=[self.workspace.slug, self.number])

    @classmethod
    def start(
        cls, inbox: Inbox, requester: Customer, subject: str, **fields: Any
    ) -> "Conversation":
        """A new conversation with the next number. Call it inside a transaction."""
        return cls.objects.create(
            workspace_id=inbox.workspace_id,
            number=Counter.take(inbox.workspace_id, "conversations"),
            inbox=inbox,
            requester=requester,
            subject=subject[:250],
            **fields,
        )

    @property
    def status_name(self) -> str:
        return self.status.name if self.status else str(self.get_category_display())
