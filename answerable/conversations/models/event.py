from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.customers.models import Customer
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member, Workspace


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, member: Member) -> Self:
        """Those of conversations this member may see."""
        from answerable.conversations.models.conversation import Conversation  # noqa: PLC0415

        seen = Conversation.objects.visible_to(member).filter(pk=OuterRef("conversation"))
        return self.filter(Exists(seen), workspace=member.workspace_id)


class Event(models.Model):
    """Something that happened to a conversation. Written once, never changed.

    The timeline, notifications, live pages, webhooks, rules and reports all read events;
    nothing else tells them that something happened. `number` grows by one in its workspace.
    """

    class Kind(models.TextChoices):
        STARTED = "started", _("started")
        RECEIVED = "received", _("received a message")
        REPLIED = "replied", _("replied")
        NOTED = "noted", _("wrote a note")
        ASSIGNED = "assigned", _("assigned")
        TEAM_ASSIGNED = "team_assigned", _("gave to a team")
        RESOLVED = "resolved", _("resolved")
        REOPENED = "reopened", _("reopened")
        STATUS_CHANGED = "status_changed", _("changed the status")
        SNOOZED = "snoozed", _("snoozed")
        WOKEN = "woken", _("woke up")
        PRIORITISED = "prioritised", _("changed the priority")
        TAGGED = "tagged", _("tagged")
        UNTAGGED = "untagged", _("removed a tag")
        MARKED_SPAM = "marked_spam", _("marked as spam")
        CLEARED_SPAM = "cleared_spam", _("took out of spam")
        TRASHED = "trashed", _("moved to the trash")
        RESTORED = "restored", _("restored")
        RENAMED = "renamed", _("changed the subject")
        PARTICIPANT_ADDED = "participant_added", _("added to the conversation")
        DELIVERY_CHANGED = "delivery_changed", _("delivery")
        BOUNCED = "bounced", _("could not be delivered")
        COMPLAINED = "complained", _("was reported as spam")
        FIELD_CHANGED = "field_changed", _("changed a field")
        UNSENT = "unsent", _("took a reply back")
        MERGED = "merged", _("merged another conversation in")
        UNMERGED = "unmerged", _("took a merge back")
        SPLIT = "split", _("split into two")
        LINKED = "linked", _("linked")
        UNLINKED = "unlinked", _("removed a link")
        FORWARDED = "forwarded", _("passed it on")
        SIDE_STARTED = "side_started", _("asked somebody else")
        SCHEDULED = "scheduled", _("will answer later")
        UNSCHEDULED = "unscheduled", _("will not answer later after all")

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    number = models.BigIntegerField()
    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, related_name="events"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    member = models.ForeignKey(Member, models.SET_NULL, null=True)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True)
    message = models.ForeignKey("conversations.Message", models.CASCADE, null=True)
    note = models.ForeignKey("conversations.Note", models.CASCADE, null=True)
    because = models.CharField(max_length=250, blank=True)
    particulars = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    objects = EventQuerySet.as_manager()

    register = Register(
        personal(
            "customer",
            whose=Whose.CUSTOMER,
            what=What.LINK,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.UNLINK,
        ),
        personal(
            "member",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.UNLINK,
        ),
        personal(
            "because",
            "particulars",
            "kind",
            "at",
            whose=Whose.CUSTOMER,
            what=What.BEHAVIOUR,
            purpose=Purpose.ACCOUNTABILITY,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.BLANK,
        ),
        plain("id", "workspace", "number", "conversation", "message", "note"),
        person="conversation__requester",
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["workspace", "number"], name="event_number")]
        indexes = [models.Index(fields=["conversation", "number"], name="event_timeline")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.conversation_id}"
