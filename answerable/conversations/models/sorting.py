"""The verbs of a conversation that say whose it is and what it is about."""

from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from answerable.conversations.models.event import Event
from answerable.conversations.models.tag import Tag
from answerable.workspaces.models import Member, Team

if TYPE_CHECKING:
    from answerable.conversations.models.conversation import Conversation


class NotVisible(Exception):
    """They may not see this conversation, so it cannot be given to them."""


class Sorting:
    """assign, assign_team, prioritise, tag, untag, rename, set_field."""

    @transaction.atomic
    def assign(self, member: Member | None, *, by: Member | None, because: str = "") -> None:
        """Give it to a member, or to nobody. Raises NotVisible if they may not see its inbox."""
        this = cast("Conversation", self)
        if member and not this.is_visible_to(member):
            raise NotVisible(member.display_name)
        this.lock("assignee_id")
        was = this.assignee_id
        if self._set(assignee=member):
            this.record(
                Event.Kind.ASSIGNED, by=by, because=because, was=was, to=member and member.pk
            )

    @transaction.atomic(savepoint=False)
    def assign_team(self, team: Team | None, *, by: Member | None, because: str = "") -> None:
        """Give it to a team; an assignee who is not in it lets go."""
        this = cast("Conversation", self)
        this.lock("team_id", "assignee_id")
        was = this.team_id
        if self._set(team=team):
            this.record(
                Event.Kind.TEAM_ASSIGNED, by=by, because=because, was=was, to=team and team.pk
            )
        if team and this.assignee and this.assignee not in team.members.all():
            self.assign(None, by=by, because="not in that team")

    @transaction.atomic(savepoint=False)
    def prioritise(self, priority: int, *, by: Member | None, because: str = "") -> None:
        this = cast("Conversation", self)
        this.lock("priority")
        was = this.priority
        if self._set(priority=priority):
            this.record(Event.Kind.PRIORITISED, by=by, because=because, was=was, to=int(priority))

    @transaction.atomic(savepoint=False)
    def rename(self, subject: str, *, by: Member | None, because: str = "") -> None:
        this = cast("Conversation", self)
        this.lock("subject")
        was = this.subject
        if self._set(subject=subject[:250]):
            this.record(Event.Kind.RENAMED, by=by, because=because, was=was, to=this.subject)

    @transaction.atomic(savepoint=False)
    def tag(self, tag: Tag, *, by: Member | None, because: str = "") -> None:
        this = cast("Conversation", self)
        this.lock()
        through = this.tags.through
        _, is_new = through.objects.get_or_create(conversation_id=this.pk, tag_id=tag.pk)
        if is_new:
            this.record(Event.Kind.TAGGED, by=by, because=because, tag=tag.pk, name=tag.name)

    @transaction.atomic(savepoint=False)
    def untag(self, tag: Tag, *, by: Member | None, because: str = "") -> None:
        this = cast("Conversation", self)
        this.lock()
        through = this.tags.through
        gone, _ = through.objects.filter(conversation_id=this.pk, tag_id=tag.pk).delete()
        if gone:
            this.record(Event.Kind.UNTAGGED, by=by, because=because, tag=tag.pk, name=tag.name)

    @transaction.atomic(savepoint=False)
    def set_field(self, key: str, value: object, *, by: Member | None, because: str = "") -> None:
        """Set one custom field, and keep what is set in another at the same time."""
        this = cast("Conversation", self)
        this.lock("fields")
        was = this.fields.get(key)
        if was == value:
            return
        this.fields = {**this.fields, key: value}
        this.save(update_fields=["fields"])
        this.record(Event.Kind.FIELD_CHANGED, by=by, because=because, field=key, was=was, to=value)

    def _set(self, **change: Any) -> bool:
        """Change one field; False if it was so already. Of two at once, one gets True."""
        this = cast("Conversation", self)
        changed = type(this).objects.filter(pk=this.pk).exclude(**change).update(**change)
        this.refresh_from_db(fields=[*change])
        return bool(changed)
